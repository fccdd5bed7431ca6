package io.restconnector.journal;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call gave that an operator has sent. Nothing of it is secret, and nothing of it is stored.
 *
 * @param request that was sent
 * @param duration zero where nothing was sent
 * @param status null without a response
 * @param outputs the variables that the task would write, by name
 * @param code of the BPMN error with which the task would end, null for none
 * @param restError as the code
 * @since 0.1
 */
public record SendResult(
    RequestPreview request,
    Duration duration,
    @Nullable Integer status,
    Map<String, JsonNode> outputs,
    @Nullable String code,
    @Nullable String restError) {

  public SendResult {
    outputs = Map.copyOf(outputs);
  }
}
