package io.restconnector.internal;

import java.util.List;
import org.flowable.common.engine.api.engine.EngineLifecycleListener;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** Where the connector of an engine is found, without a public type that says so. */
public final class EngineParts {

  private EngineParts() {}

  /** What the engine's connector has registered under this interface; null where it has none. */
  public static <T> @Nullable T find(AbstractEngineConfiguration engine, Class<T> type) {
    List<EngineLifecycleListener> listeners = engine.getEngineLifecycleListeners();
    for (EngineLifecycleListener each :
        listeners == null ? List.<EngineLifecycleListener>of() : listeners) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
