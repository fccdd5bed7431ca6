package io.restconnector.webhook.internal.early;

import static io.restconnector.internal.EngineMappers.HIDDEN;

import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/**
 * What changes the table of early events. MyBatis commits and rolls back only what it has done
 * itself. It logs parameters: those that a request has given are streams, which show nothing.
 */
interface EarlyMapper {

  /** Where the database's number of a new row is put. */
  final class GeneratedId {
    private long value;

    long value() {
      return value;
    }
  }

  @Insert(
      "<script>insert into ${prefix}ACT_RC_EARLY_EVENT (KIND_, NAME_, KEY_, TENANT_ID_, TRIGGER_,"
          + " DATA_, CREATED_, EXPIRES_, DUE_, FAILURES_) values (#{kind}, #{name"
          + HIDDEN
          + ", #{key"
          + HIDDEN
          + ", #{tenant}, #{trigger}, #{data"
          + HIDDEN
          + ", #{created}, #{expires}, #{expires}, 0)</script>")
  @Options(useGeneratedKeys = true, keyProperty = "id.value", keyColumn = "id_")
  int insert(
      @Param("id") GeneratedId id,
      @Param("kind") String kind,
      @Param("name") String name,
      @Param("key") @Nullable String key,
      @Param("tenant") String tenant,
      @Param("trigger") String trigger,
      @Param("data") String data,
      @Param("created") long created,
      @Param("expires") long expires);

  /** A further correlation key of an event. */
  @Insert(
      "<script>insert into ${prefix}ACT_RC_EARLY_EVENT (EVENT_ID_, KIND_, NAME_, KEY_, TENANT_ID_,"
          + " TRIGGER_, CREATED_, EXPIRES_, DUE_, FAILURES_) select ID_, KIND_, NAME_, #{key"
          + HIDDEN
          + ", TENANT_ID_, TRIGGER_, CREATED_, EXPIRES_, DUE_, FAILURES_ from"
          + " ${prefix}ACT_RC_EARLY_EVENT where ID_ = #{id}</script>")
  int insertKey(@Param("id") long id, @Param("key") String key);

  @Delete("<script>delete from ${prefix}ACT_RC_EARLY_EVENT where EVENT_ID_ = #{id}</script>")
  int deleteKeys(@Param("id") long id);

  @Delete("<script>delete from ${prefix}ACT_RC_EARLY_EVENT where ID_ = #{id}</script>")
  int delete(@Param("id") long id);

  @Update(
      "<script>update ${prefix}ACT_RC_EARLY_EVENT set FAILURES_ = FAILURES_ + 1, DUE_ = #{due}"
          + " where ID_ = #{id}</script>")
  int postpone(@Param("id") long id, @Param("due") long due);
}
