package io.restconnector.httptask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpTaskSettingsTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults()
          .withAuthentications(Map.of("crm", AuthenticationSettings.bearer("s")));

  @Test
  void whenNothingIsSetThenFlowablesTasksUseFlowablesClient() {
    HttpTaskSettings defaults = HttpTaskSettings.defaults();

    assertThat(defaults).isEqualTo(new HttpTaskSettings(false, List.of(), false));
    assertThat(defaults.withEnabled(true)).isEqualTo(new HttpTaskSettings(true, List.of(), false));
    assertThat(defaults.withCircuitBreaker(true))
        .isEqualTo(new HttpTaskSettings(false, List.of(), true));
  }

  @Test
  void whenAnAuthenticationIsNotThereThenItsSettingIsNamed() {
    HttpTaskSettings settings =
        HttpTaskSettings.defaults()
            .withAuthentications(
                List.of(
                    new HostAuthentication(List.of("crm.example.com"), "crm"),
                    new HostAuthentication(List.of("erp.example.com"), "secret")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.check(ACCESS))
        .withMessage(
            "http-tasks.authentications[1].authentication names no authentication under"
                + " authentications");
    assertThatCode(
            () ->
                settings
                    .withAuthentications(settings.authentications().subList(0, 1))
                    .check(ACCESS))
        .doesNotThrowAnyException();
  }
}
