package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.PlainEngines;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.internal.EngineParts;
import io.restconnector.model.Validation;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;

/** From before its engine is built until after it is closed. */
class RunningConnectorTest {

  private static RestConnectorSettings settings() {
    return RestConnectorSettings.defaults().withValidation(Validation.OFF);
  }

  private static RunningConnector connector(ProcessEngineConfigurationImpl engine) {
    return Objects.requireNonNull(EngineParts.find(engine, RunningConnector.class));
  }

  @Test
  void whenAnEngineIsBuiltAndClosedThenItsConnectorIsOpenInBetween() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    RestConnectorConfigurator configurator = new RestConnectorConfigurator(settings());
    configurator.beforeInit(configuration);
    RunningConnector before = connector(configuration);
    assertThat(before.isOpen()).isFalse();
    assertThat(before.calls()).isNull();
    assertThat(before.worker()).isNull();
    assertThat(before.reader()).isNotSameAs(before.reader()); // none is there yet
    assertThat(before.warnsOfChannels()).isFalse();

    ProcessEngineConfigurationImpl built = PlainEngines.configuration();
    built.addConfigurator(
        new RestConnectorConfigurator(settings().withValidation(Validation.WARN)));
    ProcessEngine engine = built.buildProcessEngine();
    RunningConnector running = connector(built);
    assertThat(running.isOpen()).isTrue();
    assertThat(running.engine()).isSameAs(built);
    assertThat(running.worker()).isNotNull();
    assertThat(running.reader())
        .isSameAs(Objects.requireNonNull(running.calls()).reader())
        .isSameAs(running.reader());
    assertThat(running.warnsOfChannels()).isTrue();

    engine.close();
    assertThat(running.isOpen()).isFalse();
    assertThat(running.calls()).isNotNull(); // what runs on may still ask
    running.close(); // once more does nothing
    assertThat(running.isOpen()).isFalse();
  }

  @Test
  void whenASettingRefersToWhatIsNotThereThenTheStartFailsWithTheConnectorsOwnSentence() {
    RestConnectorSettings settings = settings();
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            settings.withHttp(
                settings
                    .http()
                    .withAccess(
                        settings
                            .http()
                            .access()
                            .withAuthentications(
                                Map.of("crm", AuthenticationSettings.bearer("geheim")))))));

    assertThatThrownBy(configuration::buildProcessEngine)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("authentications.crm.secret is not the name of a secret")
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }
}
