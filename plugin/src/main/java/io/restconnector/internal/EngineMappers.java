package io.restconnector.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;

/** The connector's MyBatis mappers in an engine. */
public final class EngineMappers {

  /**
   * The end of a parameter that a request may have given. MyBatis logs parameters: this one is a
   * stream, which shows nothing.
   */
  public static final String HIDDEN =
      ",jdbcType=VARCHAR,typeHandler=org.apache.ibatis.type.ClobTypeHandler}";

  private EngineMappers() {}

  /** Beside those that the engine has. Must come before the engine is initialised. */
  public static void add(AbstractEngineConfiguration engine, Class<?>... mappers) {
    Set<Class<?>> all = new HashSet<>(List.of(mappers));
    if (engine.getCustomMybatisMappers() != null) {
      all.addAll(engine.getCustomMybatisMappers());
    }
    engine.setCustomMybatisMappers(all);
  }
}
