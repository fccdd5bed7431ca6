package io.restconnector.webhook;

import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.eventregistry.BpmnEventRegistryEventConsumer;

/** stub for now */
final class TransactionalEventConsumer extends BpmnEventRegistryEventConsumer {

  TransactionalEventConsumer(ProcessEngineConfigurationImpl engine) {
    super(engine);
  }
}
