package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.delivery.KeptAction;
import io.restconnector.webhook.internal.table.ConnectorTable;
import io.restconnector.webhook.internal.table.Sql;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * The table of early events, in the transaction of the running command.
 *
 * <p>An event has a row for each of its correlation keys. The first holds all of it, the others
 * name that row.
 */
final class EarlyEventTable {

  private static final String NAME = "ACT_RC_EARLY_EVENT";
  static final String TABLE = "${prefix}" + NAME;

  private static final String EVENT =
      "E.ID_, E.KIND_, E.NAME_, E.KEY_, E.TENANT_ID_, E.TRIGGER_, E.CREATED_, E.EXPIRES_, E.DUE_,"
          + " E.FAILURES_";

  private EarlyEventTable() {}

  static ConnectorTable table() {
    return new ConnectorTable(NAME, "early", "early.", null);
  }

  static KeptEvent insert(KeptAction action, Trigger trigger, Instant now, Instant expires) {
    EarlyMapper.GeneratedId generated = new EarlyMapper.GeneratedId();
    mapper()
        .insert(
            generated,
            action.kind().name(),
            action.name(),
            action.key(),
            trigger.tenantId(),
            trigger.key(),
            action.data(),
            now.toEpochMilli(),
            expires.toEpochMilli());
    long id = generated.value();
    action.keys().stream().skip(1).forEach(key -> mapper().insertKey(id, key));
    return new KeptEvent(
        id,
        action.kind(),
        action.name(),
        action.key(),
        trigger.tenantId(),
        trigger.key(),
        now,
        expires,
        expires,
        0);
  }

  /** Whether an event of the same correlation came before and is still there. */
  static boolean hasSame(KeptAction action, String tenantId) {
    String key = action.key();
    List<@Nullable Object> values =
        new ArrayList<>(Arrays.asList(action.name(), action.kind().name(), tenantId));
    if (key != null) {
      values.add(key);
    }
    return !Sql.query(
            "select 1 from "
                + TABLE
                + " where NAME_ = ? and KIND_ = ? and TENANT_ID_ = ? and EVENT_ID_ is null and KEY_"
                + (key == null ? " is null" : " = ?")
                + " limit 1",
            row -> 1,
            values.toArray())
        .isEmpty();
  }

  /** Lets others that do so wait for the end of the transaction. */
  static void lockAll() {
    // A row that every engine has, and that only an upgrade of its schema changes.
    Sql.query(
        "select VALUE_ from ${prefix}ACT_GE_PROPERTY where NAME_ = 'schema.version' for update",
        row -> 1);
  }

  /** How many events there are. */
  static int count() {
    return Sql.query(
            "select count(*) from " + TABLE + " where EVENT_ID_ is null", row -> row.getInt(1))
        .get(0);
  }

  /**
   * An event that a query has found.
   *
   * @param row after which the query goes on
   */
  record Found(long row, KeptEvent event) {}

  /**
   * The next events that a wait may be for, the oldest first.
   *
   * @param after the row of the last that was found, 0 for none
   * @param without tenants whose events are left out
   */
  static List<Found> find(Awaited awaited, long after, Collection<String> without, int limit) {
    List<@Nullable Object> values =
        new ArrayList<>(Arrays.asList(awaited.name(), awaited.kind().name(), after));
    if (awaited.key() != null) {
      values.add(awaited.key());
    }
    values.addAll(without);
    return Sql.query(
        "select "
            + EVENT
            + ", K.ID_ from %1$s K join %1$s E on E.ID_ = coalesce(K.EVENT_ID_, K.ID_)"
                .formatted(TABLE)
            + " where K.NAME_ = ? and K.KIND_ = ? and K.ID_ > ? and K."
            + (awaited.key() == null ? "EVENT_ID_ is null" : "KEY_ = ?")
            + (without.isEmpty() ? "" : " and K.TENANT_ID_ not in (" + marks(without.size()) + ")")
            + " order by K.ID_ limit "
            + limit,
        row -> new Found(row.getLong(11), event(row)),
        values.toArray());
  }

  /** Those that are to be dropped. */
  static List<KeptEvent> expired(Instant now, int limit) {
    return Sql.query(
        "select %s from %s E where E.DUE_ <= ? and E.EXPIRES_ <= ? and E.EVENT_ID_ is null order by E.DUE_ limit %d"
            .formatted(EVENT, TABLE, limit),
        EarlyEventTable::event,
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  /** Those that have failed and are to be delivered again. */
  static List<KeptEvent> failed(Instant now, long after, int limit) {
    return Sql.query(
        "select %s from %s E where E.DUE_ <= ? and E.EXPIRES_ > ? and E.ID_ > ? and E.EVENT_ID_ is null order by E.ID_ limit %d"
            .formatted(EVENT, TABLE, limit),
        EarlyEventTable::event,
        now.toEpochMilli(),
        now.toEpochMilli(),
        after);
  }

  /** Some of all, from the oldest on. */
  static List<KeptEvent> list(long after, int limit) {
    return Sql.query(
        "select %s from %s E where E.ID_ > ? and E.EVENT_ID_ is null order by E.ID_ limit %d"
            .formatted(EVENT, TABLE, limit),
        EarlyEventTable::event,
        after);
  }

  /** One of them, null where it is no longer there. */
  static @Nullable KeptEvent find(long id) {
    return first(
        Sql.query(
            "select %s from %s E where E.ID_ = ? and E.EVENT_ID_ is null".formatted(EVENT, TABLE),
            EarlyEventTable::event,
            id));
  }

  /**
   * Locks an event until the end of the transaction.
   *
   * @return null where it is not there, or another transaction has locked it
   */
  static @Nullable KeptEvent lock(long id) {
    return first(
        Sql.query(
            "select %s from %s E where E.ID_ = ? and E.EVENT_ID_ is null for update skip locked"
                .formatted(EVENT, TABLE),
            EarlyEventTable::event,
            id));
  }

  /** What an event does, read anew. */
  static EngineAction action(KeptEvent event) {
    return Sql.query(
            "select DATA_ from " + TABLE + " where ID_ = ?",
            row ->
                KeptAction.read(
                    event.kind(), event.name(), event.key(), event.tenantId(), row.getString(1)),
            event.id())
        .get(0);
  }

  /** Whether it was there. */
  static boolean delete(long id) {
    mapper().deleteKeys(id);
    return mapper().delete(id) == 1;
  }

  static void postpone(long id, Instant due) {
    mapper().postpone(id, due.toEpochMilli());
  }

  private static EarlyMapper mapper() {
    return CommandContextUtil.getDbSqlSession().getSqlSession().getMapper(EarlyMapper.class);
  }

  /** By which messages find a process instance, null where it has none or is gone. */
  static @Nullable String businessKey(String instanceId) {
    return first(
        Sql.<@Nullable String>query(
            "select BUSINESS_KEY_ from ${prefix}ACT_RU_EXECUTION where ID_ = ?",
            row -> row.getString(1),
            instanceId));
  }

  private static <T extends @Nullable Object> @Nullable T first(List<T> events) {
    return events.isEmpty() ? null : events.get(0);
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** Of the columns of {@link #EVENT}. */
  static KeptEvent event(ResultSet row) throws SQLException {
    return new KeptEvent(
        row.getLong(1),
        KeptAction.Kind.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getInt(10));
  }
}
