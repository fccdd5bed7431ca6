package io.restconnector.webhook.internal.respond;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.NoJsonFormException;
import java.util.Map;
import java.util.TreeMap;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.flowable.variable.api.persistence.entity.VariableInstance;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an answer may tell of a process instance: how it is now, within its transaction. */
public final class InstanceState {

  private static final String VARIABLES = "variables";

  private static final Logger LOG = LoggerFactory.getLogger(InstanceState.class);

  private InstanceState() {}

  /** An instance that has ended in this transaction still has its variables here. */
  static ObjectNode of(ExecutionEntity instance) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("id", instance.getId());
    state.put("businessKey", instance.getBusinessKey());
    state.put(
        "definitionKey",
        ProcessDefinitionUtil.getProcessDefinition(instance.getProcessDefinitionId()).getKey());
    state.put("ended", instance.isEnded() || instance.isDeleted());
    ObjectNode variables = state.putObject(VARIABLES);
    for (Map.Entry<String, VariableInstance> each :
        new TreeMap<>(instance.getVariableInstances()).entrySet()) {
      // Transient variables are of no such type.
      if (each.getValue() instanceof VariableInstanceEntity variable) {
        put(variables, variable);
      }
    }
    return state;
  }

  /** What has no JSON form is left out: an answer must not let its process fail. */
  private static void put(ObjectNode variables, VariableInstanceEntity variable) {
    JsonNode value;
    try {
      value = JsonValues.of(variable.getValue());
    } catch (RuntimeException unreadable) {
      if (!NoJsonFormException.isCauseOf(unreadable)) {
        LOG.debug(
            "A variable cannot be in an answer: it cannot be read", LoggedFailure.of(unreadable));
      }
      return;
    }
    variables.set(variable.getName(), value);
  }

  /** Each variable is a text of its own: inside another tree it might be nested too deep. */
  public static String text(ObjectNode state) {
    ObjectNode texts = state.deepCopy();
    ObjectNode variables = texts.putObject(VARIABLES);
    state
        .path(VARIABLES)
        .properties()
        .forEach(each -> variables.put(each.getKey(), JsonText.ascii(each.getValue())));
    return JsonText.ascii(texts);
  }

  /** What {@link #text} was made of. */
  public static ObjectNode parse(String text) {
    ObjectNode state = (ObjectNode) JsonText.parse(text);
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    state
        .path(VARIABLES)
        .properties()
        .forEach(
            each -> variables.set(each.getKey(), JsonText.parse(each.getValue().stringValue())));
    state.set(VARIABLES, variables);
    return state;
  }
}
