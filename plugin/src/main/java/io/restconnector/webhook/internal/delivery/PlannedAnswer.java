package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.AnswerTemplate;
import io.restconnector.webhook.internal.trigger.DeferredAnswer;
import io.restconnector.webhook.internal.trigger.Evaluator;
import io.restconnector.webhook.internal.trigger.Respond;
import io.restconnector.webhook.internal.trigger.Trigger;
import tools.jackson.databind.JsonNode;

/** What a trigger answers, as far as it is known before anything is done. */
sealed interface PlannedAnswer permits Answer, PlannedAnswer.OfResult, PlannedAnswer.OfProcess {

  static PlannedAnswer of(Trigger trigger, Evaluator evaluator) throws RefusedException {
    PlannedAnswer own = of(trigger.answer(), evaluator);
    Respond respond = trigger.respond();
    if (respond == null) {
      return own;
    }
    Answer.checkHeaders(respond.answer(), evaluator);
    return new OfProcess(own, respond, DeferredAnswer.of(trigger, respond.answer(), evaluator));
  }

  private static PlannedAnswer of(AnswerTemplate template, Evaluator evaluator)
      throws RefusedException {
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

  /**
   * One that the process gives.
   *
   * @param own where there is no instance that could answer
   */
  record OfProcess(PlannedAnswer own, Respond respond, DeferredAnswer answer)
      implements PlannedAnswer {}
}
