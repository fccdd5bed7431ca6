package io.restconnector;

import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.EngineConfigurator;

/**
 * Leaves an engine without the REST connector though the jar is there: {@code
 * configuration.addConfigurator(new NoRestConnector())}. Webhook channels can still be deployed to
 * it; they take no requests.
 */
public final class NoRestConnector implements EngineConfigurator {

  @Override
  public void beforeInit(AbstractEngineConfiguration engine) {
    // The connector that the engine finds looks for this instance and does nothing.
  }

  @Override
  public void configure(AbstractEngineConfiguration engine) {
    // See above.
  }

  @Override
  public int getPriority() {
    return 100_000;
  }
}
