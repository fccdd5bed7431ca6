package io.restconnector.testing;

import org.flowable.engine.ProcessEngine;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Webhook requests go to the engine of the context that the test class has now: several contexts
 * may share an extension, and Spring may close one and start another.
 */
final class RestConnectorTestExecutionListener extends AbstractTestExecutionListener {

  @Override
  public void beforeTestClass(TestContext test) {
    RestConnectorExtension extension = SpringTestFields.find(test.getTestClass());
    if (extension != null) {
      extension.use(() -> test.getApplicationContext().getBean(ProcessEngine.class));
    }
  }
}
