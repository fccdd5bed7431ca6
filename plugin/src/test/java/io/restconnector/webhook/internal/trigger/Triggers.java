package io.restconnector.webhook.internal.trigger;

import io.restconnector.internal.platform.ExactNumbers;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.impl.el.DefaultExpressionManager;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Triggers without an engine, from channel files whose quotation marks may be single ones. */
public final class Triggers {

  /** Reads nothing of a request and does nothing. */
  public static final String NONE = "'action': {'type': 'none'}";

  private Triggers() {}

  /** With the path {@code a/{id}}. */
  public static Trigger read(String properties) throws InvalidTriggerException {
    return read("", properties);
  }

  public static Trigger read(String tenantId, String properties) throws InvalidTriggerException {
    return read(expressions(Map.of()), tenantId, "'key': 'k', 'path': 'a/{id}', " + properties);
  }

  /** With a key and a path among the properties. */
  static Trigger read(ExpressionManager expressions, String tenantId, String properties)
      throws InvalidTriggerException {
    return new TriggerReader(expressions, host(EngineAction.kinds().keySet()), tree(properties))
        .read(tenantId);
  }

  public static ObjectNode tree(String properties) {
    return (ObjectNode) JsonMapper.shared().readTree(("{" + properties + "}").replace('\'', '"'));
  }

  /** Those of an event registry, with these beans. */
  public static ExpressionManager expressions(Map<Object, Object> beans) {
    ExpressionManager expressions = new DefaultExpressionManager(beans);
    ExactNumbers.readInExpressions(expressions);
    ExpressionFunctions.install(expressions);
    return expressions;
  }

  /** Of a request that is a POST to {@code a/7}. */
  public static RequestScope request(@Nullable Object body) {
    return new RequestScope(
        "tenant",
        "POST",
        "a/7",
        Map.of("id", "7"),
        Map.of("q", "1", "payload", "{\"n\":1}"),
        Map.of("x-event", "settled"),
        body);
  }

  static TriggerHost host(Set<ActionKind> actions) {
    return new TriggerHost() {
      @Override
      public SignatureSchemes schemes() {
        return new SignatureSchemes(List.of());
      }

      @Override
      public Set<ActionKind> actions() {
        return actions;
      }

      @Override
      public @Nullable String problemOf(Trigger trigger) {
        return null;
      }

      @Override
      public boolean warnsOfChannels() {
        return true;
      }
    };
  }
}
