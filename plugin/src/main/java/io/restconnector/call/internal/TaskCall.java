package io.restconnector.call.internal;

import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.delegate.BpmnError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a task asks for, whether it is a delegate or an external-worker task.
 *
 * @param outputs writes what the call gives
 * @param request null where there is nothing to send
 * @param notSent why there is nothing to send, else null
 * @param poll how the answer is asked for where it comes later, null where it is not
 */
public record TaskCall(
    OutputWriter outputs,
    @Nullable RestRequest request,
    @Nullable CallResult notSent,
    @Nullable Poll poll) {

  /**
   * Evaluates and checks all that the task says. Where something cannot be used, the outputs are
   * written as far as the task says how.
   */
  public static TaskCall read(RestAction action, ExecutionInputs inputs, RequestReader reader) {
    return read(action, inputs, reader, null);
  }

  /**
   * The same for a question about an earlier request, whose URL and payload are not read again.
   *
   * @param statusUrl that is asked
   */
  public static TaskCall readQuestion(
      RestAction action, ExecutionInputs inputs, RequestReader reader, URI statusUrl) {
    return read(action, inputs, reader, new StatusQuestion(statusUrl));
  }

  private static TaskCall read(
      RestAction action,
      ExecutionInputs inputs,
      RequestReader reader,
      @Nullable StatusQuestion question) {
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
      Poll poll = inputs.poll();
      ParsedOnce<JsonNode> templates = reader.literals().templates();
      if (question == null) {
        RestRequest request = reader.read(action, new Inputs(inputs, templates));
        return new TaskCall(outputs, request, null, poll);
      }
      RestRequest read = reader.read(action, new Inputs(question.inputs(inputs), templates));
      return new TaskCall(
          outputs, question.request(read), null, poll == null ? Poll.DEFAULT : poll);
    } catch (InvalidInputException invalid) {
      return new TaskCall(outputs, null, CallResult.of(action, inputs.activity(), invalid), null);
    } catch (BpmnError raised) {
      return new TaskCall(outputs, null, CallResult.of(Map.of(), raised), null);
    }
  }

  /** The request, where there is one to send. */
  public RestRequest ready() {
    return Objects.requireNonNull(request);
  }
}
