package io.restconnector.spring;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Hides the secrets of the connector in Actuator's {@code configprops} and {@code env}, whatever
 * {@code show-values} says. It does so too where the connector is disabled, as its properties are
 * still there.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class SecretSanitizingAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "restConnectorSanitizingFunction")
  SanitizingFunction restConnectorSanitizingFunction() {
    return data -> isSecret(data) ? data.withSanitizedValue() : data;
  }

  /** In any form that Spring Boot reads, such as that of environment variables. */
  private static boolean isSecret(SanitizableData data) {
    String name = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (name.startsWith("restconnectorauthentications")) {
      return name.endsWith("secret") // of this name, or the secret itself by mistake
          || name.contains("properties") // whatever a type of the application takes
          // The query of a URL may hold a key.
          || (name.endsWith("tokenendpoint") && String.valueOf(data.getValue()).contains("?"));
    }
    return name.startsWith("restconnectorsecrets")
        || (name.startsWith("restconnectorendpoints") && name.contains("headers"))
        || name.equals("restconnectorproxypasswordsecret");
  }
}
