package io.restconnector.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A request whose body no filter reads. A servlet container takes the parameters of a POST from the
 * body as soon as somebody asks for one, and Spring does so for PUT, PATCH and DELETE.
 */
final class UnreadForm extends HttpServletRequestWrapper {

  UnreadForm(HttpServletRequest request) {
    super(request);
  }

  /** Spring looks at it. The servlet takes the type from the header. */
  @Override
  public @Nullable String getContentType() {
    return null;
  }

  /** Those of the query. */
  @Override
  public Map<String, String[]> getParameterMap() {
    MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
    String query = getQueryString();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values.add(name, value);
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(new String[0])));
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // the servlet says what is wrong with it
    }
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }
}
