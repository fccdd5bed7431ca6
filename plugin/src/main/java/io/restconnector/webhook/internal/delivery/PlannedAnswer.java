package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.AnswerTemplate;
import io.restconnector.webhook.internal.trigger.Evaluator;
import tools.jackson.databind.JsonNode;

/** What a trigger answers, as far as it is known before anything is done. */
sealed interface PlannedAnswer permits Answer, PlannedAnswer.OfResult {

  static PlannedAnswer of(AnswerTemplate template, Evaluator evaluator) throws RefusedException {
    return template.seesResult()
        ? new OfResult(template, evaluator)
        : Answer.of(template, evaluator);
  }

  /** One that tells what the request has started or woken. */
  record OfResult(AnswerTemplate template, Evaluator evaluator) implements PlannedAnswer {

    Answer answer(JsonNode result) throws RefusedException {
      return Answer.of(template, evaluator.withResult(result));
    }
  }
}
