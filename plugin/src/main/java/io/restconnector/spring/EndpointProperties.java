package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.EndpointSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A service that REST call tasks of Alfresco Process Services name.
 *
 * @param url URL before the path of a task.
 * @param authentication Name of the authentication of its calls.
 * @param headers Headers of its calls, but where a task sends a header of that name itself.
 */
record EndpointProperties(
    @DefaultValue("") String url,
    @Nullable String authentication,
    @DefaultValue Map<String, String> headers) {

  EndpointSettings toSettings(String property) {
    try {
      return new EndpointSettings(url, authentication, headers);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(property + ": " + wrong.getMessage());
    }
  }

  /** Without the headers, which may prove who calls. */
  @Override
  public String toString() {
    return "endpoint";
  }
}
