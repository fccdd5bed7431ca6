package io.restconnector;

import io.restconnector.http.HttpSettings;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.OperationsSettings;
import io.restconnector.model.Validation;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.worker.WorkerSettings;

/**
 * Everything that can be set. A null component stands for its default, as a binder leaves what is
 * not configured.
 *
 * @param http the HTTP client
 * @param webhooks the webhook endpoint
 * @param worker the calls of external-worker tasks
 * @param idempotencyKey whether POST and PATCH requests of jobs have an {@code Idempotency-Key}
 *     header, the same at every retry; default true
 * @param validation what happens when a new deployment holds a REST task that cannot work; default
 *     {@code FAIL}
 * @param httpTasks Flowable's own {@code http} tasks over the connector's client; default not
 * @param journal what a node remembers of its last calls and webhook requests
 * @param operations what people may do with the connector at run time
 */
public record RestConnectorSettings(
    HttpSettings http,
    WebhookSettings webhooks,
    WorkerSettings worker,
    Boolean idempotencyKey,
    Validation validation,
    HttpTaskSettings httpTasks,
    JournalSettings journal,
    OperationsSettings operations) {

  public RestConnectorSettings {
    http = http == null ? HttpSettings.defaults() : http;
    webhooks = webhooks == null ? WebhookSettings.defaults() : webhooks;
    worker = worker == null ? WorkerSettings.defaults() : worker;
    idempotencyKey = idempotencyKey == null ? Boolean.TRUE : idempotencyKey;
    validation = validation == null ? Validation.FAIL : validation;
    httpTasks = httpTasks == null ? HttpTaskSettings.defaults() : httpTasks;
    httpTasks.check(http.access());
    http.access().checkEndpoints();
    journal = journal == null ? JournalSettings.defaults() : journal;
    operations = operations == null ? OperationsSettings.defaults() : operations;
  }

  /** Without {@code http} tasks, and with the defaults of what follows them. */
  public RestConnectorSettings(
      HttpSettings http,
      WebhookSettings webhooks,
      WorkerSettings worker,
      Boolean idempotencyKey,
      Validation validation) {
    this(
        http,
        webhooks,
        worker,
        idempotencyKey,
        validation,
        HttpTaskSettings.defaults(),
        JournalSettings.defaults(),
        OperationsSettings.defaults());
  }

  /** Every setting at its default. */
  public static RestConnectorSettings defaults() {
    return new RestConnectorSettings(
        HttpSettings.defaults(),
        WebhookSettings.defaults(),
        WorkerSettings.defaults(),
        true,
        Validation.FAIL);
  }

  public RestConnectorSettings withHttp(HttpSettings value) {
    return new RestConnectorSettings(
        value, webhooks, worker, idempotencyKey, validation, httpTasks, journal, operations);
  }

  public RestConnectorSettings withWebhooks(WebhookSettings value) {
    return new RestConnectorSettings(
        http, value, worker, idempotencyKey, validation, httpTasks, journal, operations);
  }

  public RestConnectorSettings withWorker(WorkerSettings value) {
    return new RestConnectorSettings(
        http, webhooks, value, idempotencyKey, validation, httpTasks, journal, operations);
  }

  public RestConnectorSettings withIdempotencyKey(boolean value) {
    return new RestConnectorSettings(
        http, webhooks, worker, value, validation, httpTasks, journal, operations);
  }

  public RestConnectorSettings withValidation(Validation value) {
    return new RestConnectorSettings(
        http, webhooks, worker, idempotencyKey, value, httpTasks, journal, operations);
  }

  public RestConnectorSettings withJournal(JournalSettings value) {
    return new RestConnectorSettings(
        http, webhooks, worker, idempotencyKey, validation, httpTasks, value, operations);
  }

  public RestConnectorSettings withOperations(OperationsSettings value) {
    return new RestConnectorSettings(
        http, webhooks, worker, idempotencyKey, validation, httpTasks, journal, value);
  }

  public RestConnectorSettings withHttpTasks(HttpTaskSettings value) {
    return new RestConnectorSettings(
        http, webhooks, worker, idempotencyKey, validation, value, journal, operations);
  }
}
