package io.restconnector.webhook.internal.trigger;

import io.restconnector.internal.platform.EngineJson;
import io.restconnector.spi.SecretSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the expressions of a trigger see of a request. Cannot print what it holds. Has no public
 * method that gives a secret, as an expression can call those.
 */
public final class RequestScope implements VariableContainer {

  /** What only answers see. */
  static final String RESULT = "result";

  private final Map<String, @Nullable Object> values;
  private final String tenantId;

  /** Of values that an expression has asked for, by their identity. */
  private final Map<Object, Object> inEngineForm;

  private final Map<String, Object> parsed;
  private final @Nullable SecretSource secrets;

  public RequestScope(
      String tenantId,
      String method,
      String path,
      Map<String, Object> pathVariables,
      Map<String, Object> params,
      Map<String, Object> headers,
      @Nullable Object body) {
    this(tenantId, new LinkedHashMap<>());
    values.put("method", method);
    values.put("path", path);
    values.put("pathVariables", pathVariables);
    values.put("params", params);
    values.put("headers", headers);
    values.put("body", body);
  }

  /** Of what was kept of a request. */
  RequestScope(String tenantId, Map<String, @Nullable Object> kept) {
    this(tenantId, kept, new IdentityHashMap<>(), new HashMap<>(), null);
  }

  private RequestScope(
      String tenantId,
      Map<String, @Nullable Object> values,
      Map<Object, Object> inEngineForm,
      Map<String, Object> parsed,
      @Nullable SecretSource secrets) {
    this.tenantId = tenantId;
    this.values = values;
    this.inEngineForm = inEngineForm;
    this.parsed = parsed;
    this.secrets = secrets;
  }

  /** The same request, seen from one element of a list. */
  public RequestScope withItem(@Nullable Object item) {
    return with("item", item);
  }

  /** The same request, once it is known what it has started or woken. */
  public RequestScope withResult(JsonNode result) {
    return with(RESULT, result);
  }

  private RequestScope with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new RequestScope(tenantId, more, inEngineForm, parsed, secrets);
  }

  /**
   * The same request, for expressions that may sign.
   *
   * @param source of the secrets by which they may sign
   */
  public RequestScope signing(SecretSource source) {
    return new RequestScope(tenantId, values, inEngineForm, parsed, source);
  }

  /** Null where nothing may be signed. */
  @Nullable SecretSource secrets() {
    return secrets;
  }

  /** What has become of texts that are JSON: an expression for each field parses them once. */
  Map<String, Object> parsed() {
    return parsed;
  }

  @Override
  public boolean hasVariable(String name) {
    return values.containsKey(name);
  }

  /** A part of the request for the connector itself, null where there is none. */
  public @Nullable Object part(String name) {
    return values.get(name);
  }

  @Override
  public @Nullable Object getVariable(String name) {
    Object value = values.get(name);
    return value == null ? null : inEngineForm.computeIfAbsent(value, EngineJson::toEngine);
  }

  @Override
  public Set<String> getVariableNames() {
    return values.keySet();
  }

  @Override
  public String getTenantId() {
    return tenantId;
  }

  @Override
  public void setVariable(String name, Object value) {
    throw new UnsupportedOperationException("A request is read-only");
  }

  @Override
  public void setTransientVariable(String name, Object value) {
    setVariable(name, value);
  }

  @Override
  public String toString() {
    return "a webhook request";
  }
}
