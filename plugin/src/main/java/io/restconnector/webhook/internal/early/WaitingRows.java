package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.table.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * For which early events something waits: those that nobody has looked for, since the node that
 * made the subscription has ended. By pages, so that a look is short whatever there is.
 */
final class WaitingRows {

  private static final int PAGE = 500;
  private static final String TABLE = EarlyEventTable.TABLE;

  /** Of a page. An event that has failed comes back when its time has come. */
  private static final String OF_PAGE = " E.ID_ > ? and E.ID_ <= ? and E.FAILURES_ = 0 ";

  private static final String SUBSCRIPTION =
      " from ${prefix}ACT_RU_EVENT_SUBSCR S where S.EXECUTION_ID_ is not null and ";

  private WaitingRows() {}

  /**
   * One page.
   *
   * @param last its last row, 0 where there are no more
   */
  record Page(long last, Set<Awaited> waits) {}

  /**
   * The next page.
   *
   * @param after the last row of the page before, 0 for none
   */
  static Page next(long after) {
    List<Long> rows =
        Sql.query(
            "select ID_ from %s where ID_ > ? order by ID_ limit %d".formatted(TABLE, PAGE),
            row -> row.getLong(1),
            after);
    if (rows.isEmpty()) {
      return new Page(0, Set.of());
    }
    long last = rows.get(rows.size() - 1);
    Set<Awaited> waits = new HashSet<>();
    waits.addAll(
        waits(
            Kind.EVENT,
            "E.KEY_ is not null and exists (select 1"
                + SUBSCRIPTION
                + "S.CONFIGURATION_ = E.KEY_ and S.EVENT_TYPE_ = E.NAME_)",
            after,
            last));
    waits.addAll(
        waits(
            Kind.MESSAGE,
            """
            exists (select 1 from ${prefix}ACT_RU_EXECUTION P
              join ${prefix}ACT_RU_EXECUTION X on X.PROC_INST_ID_ = P.ID_
              join ${prefix}ACT_RU_EVENT_SUBSCR S on S.EXECUTION_ID_ = X.ID_
              where P.BUSINESS_KEY_ = E.KEY_ and S.EVENT_TYPE_ = 'message'
                and S.EVENT_NAME_ = E.NAME_)""",
            after,
            last));
    waits.addAll(
        ofName(Kind.EVENT, "S.CONFIGURATION_ is null and S.EVENT_TYPE_ in (%s)", after, last));
    waits.addAll(
        ofName(Kind.SIGNAL, "S.EVENT_TYPE_ = 'signal' and S.EVENT_NAME_ in (%s)", after, last));
    return new Page(last, waits);
  }

  private static List<Awaited> waits(Kind kind, String condition, long after, long last) {
    return Sql.query(
        "select distinct E.NAME_, E.KEY_ from %s E where E.KIND_ = ? and".formatted(TABLE)
            + OF_PAGE
            + "and "
            + condition,
        row -> new Awaited(kind, row.getString(1), row.getString(2)),
        kind.name(),
        after,
        last);
  }

  /** Waits without correlation. One look at subscriptions for all, which have no index for it. */
  private static List<Awaited> ofName(Kind kind, String condition, long after, long last) {
    String names = "select E.NAME_ from %s E where E.KIND_ = ? and".formatted(TABLE) + OF_PAGE;
    String name = kind == Kind.EVENT ? "S.EVENT_TYPE_" : "S.EVENT_NAME_";
    return Sql.query(
        "select distinct " + name + SUBSCRIPTION + condition.formatted(names),
        row -> new Awaited(kind, row.getString(1), null),
        kind.name(),
        after,
        last);
  }
}
