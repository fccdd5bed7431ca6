package io.restconnector.aps;

import io.restconnector.aps.internal.RestCall;
import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.DelegateCall;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;

/**
 * The REST call task of Alfresco Process Services, as it stands in an export: the bean {@value
 * #BEAN_NAME}.
 *
 * <p>Reads the fields and extension elements of the task, whose literals are evaluated as in that
 * product, and writes the variables of its response mappings. Raises the {@link BpmnError}s of the
 * connector's own tasks. Keeps no state.
 *
 * @since 0.1
 */
public final class RestCallDelegate implements JavaDelegate {

  /** The name of the bean in exports. */
  public static final String BEAN_NAME = "activiti_restCallDelegate";

  @Override
  public void execute(DelegateExecution execution) {
    CallResult result = RestCall.execute(execution);
    DelegateCall.raise(result, execution);
  }
}
