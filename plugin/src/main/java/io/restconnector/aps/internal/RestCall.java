package io.restconnector.aps.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.DelegateCall;
import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.DelegateHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One execution of a REST call task. */
public final class RestCall {

  private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);

  private RestCall() {}

  /** Makes the call, and writes what the response mappings name unless it failed. */
  public static CallResult execute(DelegateExecution execution) {
    RestCalls calls = ExecutingEngine.calls();
    RestCallModel model =
        RestCallModel.of(execution.getCurrentFlowElement(), DelegateHelper.getFields(execution));
    RestAction action = RestAction.GET;
    RestRequest request;
    try {
      RestCallInputs inputs =
          new RestCallInputs(
              new RestCallValues(
                  model,
                  execution::hasVariable,
                  execution::getVariable,
                  text -> ExecutingEngine.evaluate(text, execution)),
              calls.reader().access());
      action = inputs.action();
      request = inputs.read(calls.reader());
    } catch (InvalidInputException invalid) {
      return unsent(
          calls,
          action,
          CallResult.of(action, execution.getCurrentActivityId(), invalid),
          execution);
    } catch (BpmnError raised) {
      return unsent(calls, action, CallResult.of(Map.of(), raised), execution);
    }
    CallResult result = DelegateCall.send(calls, action, request, execution);
    return result.code() == null ? write(model, result, execution) : result;
  }

  private static CallResult unsent(
      RestCalls calls, RestAction action, CallResult notSent, DelegateExecution execution) {
    DelegateCall.tellUnsent(calls, action, notSent, execution);
    return notSent;
  }

  private static CallResult write(
      RestCallModel model, CallResult result, DelegateExecution execution) {
    Object body = result.outputs().get("restResult");
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    List<String> lacking = new ArrayList<>();
    for (ResponseMapping mapping : model.responseMappings()) {
      try {
        variables.put(mapping.variable(), value(mapping, body, lacking));
      } catch (IllegalArgumentException unusable) {
        return result.unwritable(
            "%s of activity '%s' has '%s', which is %s"
                .formatted(
                    RestCallModel.RESPONSE_ELEMENT,
                    execution.getCurrentActivityId(),
                    mapping.variable(),
                    unusable.getMessage()));
      }
    }
    variables.forEach((name, value) -> execution.setVariable(name, EngineJson.toEngine(value)));
    if (!lacking.isEmpty()) {
      LOG.warn(
          "Activity '{}' of instance {}: the response has nothing for {}, so these variables are null",
          execution.getCurrentActivityId(),
          execution.getProcessInstanceId(),
          lacking);
    }
    return result;
  }

  private static @Nullable Object value(
      ResponseMapping mapping, @Nullable Object body, List<String> lacking) {
    if (body instanceof byte[] && mapping.isWhole()) {
      return ExecutingEngine.storable(body);
    }
    JsonNode found =
        body == null || body instanceof byte[] ? null : mapping.find(JsonValues.of(body));
    if (found == null) {
      lacking.add(mapping.variable());
      return null;
    }
    return ExecutingEngine.storable(mapping.convert(found));
  }
}
