package io.restconnector.call.internal;

import io.restconnector.spi.RestRequest;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.delegate.BpmnError;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks for, whether it is a delegate or an external-worker task.
 *
 * @param outputs writes what the call gives
 * @param request null where there is nothing to send
 * @param notSent why there is nothing to send, else null
 */
public record TaskCall(
    OutputWriter outputs, @Nullable RestRequest request, @Nullable CallResult notSent) {

  /**
   * Evaluates and checks all that the task says. Where something cannot be used, the outputs are
   * written as far as the task says how.
   */
  public static TaskCall read(RestAction action, ExecutionInputs inputs, RequestReader reader) {
    TaskMapping mapping = inputs.mapping();
    OutputWriter outputs =
        mapping == null ? OutputWriter.ofParameters(inputs) : OutputWriter.ofMapping(mapping);
    try {
      if (mapping == null && inputs.hasOutParameters()) {
        inputs.checkOutputFields();
      } else if (mapping == null) {
        boolean local = inputs.isLocal();
        outputs = OutputWriter.defaults(local);
        outputs = OutputWriter.of(inputs, local, reader.literals().outputs());
      }
      inputs.check(action);
      Inputs read = new Inputs(inputs, reader.literals().templates());
      return new TaskCall(outputs, reader.read(action, read), null);
    } catch (InvalidInputException invalid) {
      return new TaskCall(outputs, null, CallResult.of(action, inputs.activity(), invalid));
    } catch (BpmnError raised) {
      return new TaskCall(outputs, null, CallResult.of(Map.of(), raised));
    }
  }

  /** The request, where there is one to send. */
  public RestRequest ready() {
    return Objects.requireNonNull(request);
  }
}
