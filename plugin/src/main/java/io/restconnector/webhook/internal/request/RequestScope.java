package io.restconnector.webhook.internal.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.jspecify.annotations.Nullable;

/** What the expressions of a trigger see of a request. Cannot print what it holds. */
public final class RequestScope implements VariableContainer {

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final String tenantId;

  public RequestScope(
      String tenantId,
      String method,
      String path,
      Map<String, Object> pathVariables,
      Map<String, Object> params,
      Map<String, Object> headers,
      @Nullable Object body) {
    this.tenantId = tenantId;
    values.put("method", method);
    values.put("path", path);
    values.put("pathVariables", pathVariables);
    values.put("params", params);
    values.put("headers", headers);
    values.put("body", body);
  }

  @Override
  public boolean hasVariable(String name) {
    return values.containsKey(name);
  }

  @Override
  public @Nullable Object getVariable(String name) {
    return values.get(name);
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
