package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.Evaluator;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For what of a request a trigger fires: for all of it, or for each element of its list that
 * satisfies the condition.
 *
 * @param scopes none where the list is empty
 * @param problem why the trigger does not want the request, null where it does; it holds no value
 *     of the request
 * @param unread how the request is to be refused if no other trigger wants it, null for not at all
 */
public record WantedScopes(
    List<RequestScope> scopes, @Nullable String problem, @Nullable RefusedException unread) {

  private static final WantedScopes NONE = new WantedScopes(List.of(), null, null);

  public static WantedScopes of(Trigger trigger, RequestScope request, Conditions conditions) {
    List<RequestScope> all = List.of(request);
    if (trigger.each() != null) {
      Evaluator evaluator = new Evaluator(trigger, request, request);
      try {
        all = elements(evaluator.list("each", trigger.each()), request);
      } catch (RefusedException noList) {
        return new WantedScopes(List.of(), "each gives no list", noList);
      }
    }
    if (all.isEmpty() || all.size() > MatchedTriggerReader.MAX_ELEMENTS) {
      return new WantedScopes(all, null, null);
    }
    WantedScopes wanted = NONE;
    List<RequestScope> scopes = new ArrayList<>();
    for (RequestScope each : all) {
      wanted = of(trigger, each, conditions, wanted);
      if (wanted.problem() == null) {
        scopes.add(each);
      }
    }
    return scopes.isEmpty() ? wanted : new WantedScopes(scopes, null, null);
  }

  private static WantedScopes of(
      Trigger trigger, RequestScope scope, Conditions conditions, WantedScopes before) {
    try {
      return new WantedScopes(List.of(), conditions.problem(trigger, scope), before.unread());
    } catch (RefusedException unread) {
      return new WantedScopes(
          List.of(), "the condition cannot read the text that it is given", unread);
    }
  }

  /** No more than one too many: nothing is done with the rest. */
  private static List<RequestScope> elements(List<?> list, RequestScope request) {
    return list.stream()
        .limit(MatchedTriggerReader.MAX_ELEMENTS + 1L)
        .map(request::withItem)
        .toList();
  }
}
