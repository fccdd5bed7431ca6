package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignatureScheme;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The schemes that channels of an engine may name. */
public final class SignatureSchemes {

  private final Map<String, SignatureScheme> byName = new TreeMap<>();

  /**
   * Those of the connector and of the application.
   *
   * @throws IllegalArgumentException where two have the same name
   */
  public SignatureSchemes(List<SignatureScheme> ofApplication) {
    BuiltInScheme.ALL.forEach(this::add);
    ofApplication.forEach(this::add);
  }

  private void add(SignatureScheme scheme) {
    if (byName.put(scheme.name(), scheme) != null) {
      throw new IllegalArgumentException(
          "There is more than one signature scheme with the name " + scheme.name());
    }
  }

  Set<String> names() {
    return byName.keySet();
  }

  SignatureScheme get(String name) {
    return Objects.requireNonNull(byName.get(name));
  }
}
