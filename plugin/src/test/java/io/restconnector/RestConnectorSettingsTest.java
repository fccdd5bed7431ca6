package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.httptask.HostAuthentication;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.OperationsSettings;
import io.restconnector.model.Validation;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.worker.WorkerSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Defaults, and what refers to what. */
class RestConnectorSettingsTest {

  private static final RestConnectorSettings DEFAULTS = RestConnectorSettings.defaults();

  private static HttpSettings http(AccessSettings access) {
    return HttpSettings.defaults().withAccess(access);
  }

  @Test
  @SuppressWarnings("NullAway") // a binder leaves out what is not configured
  void whenNothingIsGivenThenTheDefaultsAreThoseOfTheDocumentation() {
    assertThat(new RestConnectorSettings(null, null, null, null, null, null, null, null))
        .isEqualTo(DEFAULTS)
        .isEqualTo(
            new RestConnectorSettings(
                HttpSettings.defaults(),
                WebhookSettings.defaults(),
                WorkerSettings.defaults(),
                true,
                Validation.FAIL,
                HttpTaskSettings.defaults(),
                JournalSettings.defaults(),
                OperationsSettings.defaults()));
  }

  @Test
  void whenOneSettingIsChangedThenTheOthersStay() {
    HttpSettings http = HttpSettings.defaults().withMaxResponseSize(1);
    WebhookSettings webhooks = WebhookSettings.defaults().withPath("/hooks");
    WorkerSettings worker = WorkerSettings.defaults().withMaxInFlight(1);
    HttpTaskSettings tasks = HttpTaskSettings.defaults().withEnabled(true);
    JournalSettings journal = JournalSettings.defaults().withSize(1);
    OperationsSettings operations = new OperationsSettings(true);
    RestConnectorSettings changed =
        new RestConnectorSettings(
            http, webhooks, worker, false, Validation.WARN, tasks, journal, operations);

    assertThat(
            DEFAULTS
                .withHttp(http)
                .withWebhooks(webhooks)
                .withWorker(worker)
                .withIdempotencyKey(false)
                .withValidation(Validation.WARN)
                .withHttpTasks(tasks)
                .withJournal(journal)
                .withOperations(operations))
        .isEqualTo(changed);
    assertThat(
            DEFAULTS
                .withOperations(operations)
                .withJournal(journal)
                .withHttpTasks(tasks)
                .withValidation(Validation.WARN)
                .withIdempotencyKey(false)
                .withWorker(worker)
                .withWebhooks(webhooks)
                .withHttp(http))
        .isEqualTo(changed);
  }

  @Test
  void whenAnHttpTaskOrAnEndpointNamesNoAuthenticationThenTheSettingIsNamed() {
    AccessSettings access =
        AccessSettings.defaults()
            .withAuthentications(Map.of("crm", AuthenticationSettings.bearer("key")));
    HttpTaskSettings tasks =
        HttpTaskSettings.defaults()
            .withAuthentications(List.of(new HostAuthentication(List.of("a.test"), "crm")));
    RestConnectorSettings good = DEFAULTS.withHttp(http(access)).withHttpTasks(tasks);
    HttpSettings endpoint =
        http(
            AccessSettings.defaults()
                .withEndpoints(Map.of("aps", new EndpointSettings("http://a", "crm", Map.of()))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withHttp(HttpSettings.defaults()))
        .withMessageStartingWith("http-tasks.authentications[0].authentication names no");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withHttp(endpoint))
        .withMessageStartingWith("endpoints[aps].authentication names no");
  }
}
