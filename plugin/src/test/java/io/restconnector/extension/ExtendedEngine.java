package io.restconnector.extension;

import io.restconnector.RestConnectorBuilder;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Plain engines with what an application adds. */
final class ExtendedEngine {

  static final String SECRET = "0-Known-Secret";

  private ExtendedEngine() {}

  /** With a worker. */
  static CallEngine start(UnaryOperator<RestConnectorBuilder> additions) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(additions.apply(RestConnectorConfigurator.builder()).build());
    return CallEngine.start(configuration);
  }

  /** One authentication "a", with the secret "key". */
  static RestConnectorSettings settings(AuthenticationSettings authentication) {
    return RestConnectorSettings.defaults()
        .withHttp(
            HttpSettings.defaults()
                .withAccess(
                    AccessSettings.defaults()
                        .withSecrets(Map.of("key", Secret.of(SECRET)))
                        .withAuthentications(Map.of("a", authentication))));
  }
}
