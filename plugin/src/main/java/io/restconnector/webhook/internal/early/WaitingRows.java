package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.table.Sql;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For which early events something waits: those that nobody has looked for, since the node that
 * made the subscription has ended. By pages, so that a search is short whatever there is.
 *
 * <p>What waits is looked for by values and not by joins: the engine's tables of MySQL and MariaDB
 * have another character set, in which no column of this one finds an index.
 */
final class WaitingRows {

  private static final int PAGE = 500;

  private static final String SUBSCRIPTION =
      " from ${prefix}ACT_RU_EVENT_SUBSCR S where S.EXECUTION_ID_ is not null and ";

  private static final String MESSAGE =
      """
      select distinct S.EVENT_NAME_, P.BUSINESS_KEY_ from ${prefix}ACT_RU_EXECUTION P
        join ${prefix}ACT_RU_EXECUTION X on X.PROC_INST_ID_ = P.ID_
        join ${prefix}ACT_RU_EVENT_SUBSCR S on S.EXECUTION_ID_ = X.ID_
        where S.EVENT_TYPE_ = 'message' and P.BUSINESS_KEY_ in (%s)""";

  private WaitingRows() {}

  /**
   * One page.
   *
   * @param last its last row, 0 where there are no more
   */
  record Page(long last, Set<Awaited> waits) {}

  /** A row. One that has failed comes back when its time has come. */
  private record Row(long id, Awaited event, boolean isNew) {}

  /**
   * The next page.
   *
   * @param after the last row of the page before, 0 for none
   */
  static Page next(long after) {
    List<Row> rows =
        Sql.query(
            "select ID_, KIND_, NAME_, KEY_, FAILURES_ from %s where ID_ > ? order by ID_ limit %d"
                .formatted(EarlyEventTable.TABLE, PAGE),
            row ->
                new Row(
                    row.getLong(1),
                    new Awaited(Kind.valueOf(row.getString(2)), row.getString(3), row.getString(4)),
                    row.getInt(5) == 0),
            after);
    if (rows.isEmpty()) {
      return new Page(0, Set.of());
    }
    Set<Awaited> events =
        rows.stream().filter(Row::isNew).map(Row::event).collect(Collectors.toSet());
    Set<Awaited> waits = new HashSet<>();
    waits.addAll(
        ofKey(
            Kind.EVENT,
            "select distinct S.EVENT_TYPE_, S.CONFIGURATION_"
                + SUBSCRIPTION
                + "S.CONFIGURATION_ in (%s)",
            events));
    waits.addAll(ofKey(Kind.MESSAGE, MESSAGE, events));
    waits.addAll(
        ofName(
            Kind.EVENT,
            "select distinct S.EVENT_TYPE_"
                + SUBSCRIPTION
                + "S.CONFIGURATION_ is null and S.EVENT_TYPE_ in (%s)",
            events));
    waits.addAll(
        ofName(
            Kind.SIGNAL,
            "select distinct S.EVENT_NAME_"
                + SUBSCRIPTION
                + "S.EVENT_TYPE_ = 'signal' and S.EVENT_NAME_ in (%s)",
            events));
    return new Page(rows.get(rows.size() - 1).id(), waits);
  }

  /** Waits for some of these events. */
  private static Set<Awaited> ofKey(Kind kind, String query, Set<Awaited> events) {
    Set<@Nullable String> keys =
        events.stream()
            .filter(each -> each.kind() == kind && each.key() != null)
            .map(Awaited::key)
            .collect(Collectors.toSet());
    Set<Awaited> waits =
        new HashSet<>(
            query(query, keys, row -> new Awaited(kind, row.getString(1), row.getString(2))));
    waits.retainAll(events);
    return waits;
  }

  /** Waits without correlation. */
  private static List<Awaited> ofName(Kind kind, String query, Set<Awaited> events) {
    Set<@Nullable String> names =
        events.stream()
            .filter(each -> each.kind() == kind)
            .map(Awaited::name)
            .collect(Collectors.toSet());
    return query(query, names, row -> new Awaited(kind, row.getString(1), null));
  }

  private static List<Awaited> query(
      String query, Set<@Nullable String> values, Sql.Row<Awaited> row) {
    return values.isEmpty()
        ? List.of()
        : Sql.query(
            query.formatted(String.join(", ", Collections.nCopies(values.size(), "?"))),
            row,
            values.toArray());
  }
}
