package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.trigger.Deduplication;
import io.restconnector.webhook.internal.trigger.EngineAction;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.Objects;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that matched, with everything evaluated that it takes from the request.
 *
 * @param delivery null where the trigger takes the same delivery any number of times
 */
public record Firing(
    Trigger trigger, Answer answer, Work work, Deduplication.@Nullable Delivery delivery) {

  /** What is to be done in the engine. */
  sealed interface Work {

    /** {@code event} or the type of an action. */
    String action();

    /** Key of the event or process, or name of the message or signal; empty for none. */
    String target();
  }

  record Event(EventInstance instance) implements Work {
    @Override
    public String action() {
      return "event";
    }

    @Override
    public String target() {
      return instance.getEventKey();
    }
  }

  record Call(EngineAction type, ActionArguments arguments) implements Work {
    @Override
    public String action() {
      return type.type();
    }

    @Override
    public String target() {
      String key = arguments.processDefinitionKey();
      return Objects.requireNonNullElse(key == null ? arguments.name() : key, "");
    }
  }

  /** No event definition has the detected key, or the list has no element: nothing can take it. */
  record Nothing(String action, String target) implements Work {}
}
