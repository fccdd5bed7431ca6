package io.restconnector;

import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.internal.share.Share;
import io.restconnector.internal.EngineParts;
import io.restconnector.journal.DeadLetter;
import io.restconnector.journal.Explanation;
import io.restconnector.journal.Journal;
import io.restconnector.journal.Overview;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.RequestEntry;
import io.restconnector.journal.RequestPreview;
import io.restconnector.journal.SampleRequest;
import io.restconnector.journal.SendResult;
import io.restconnector.journal.TriggerState;
import io.restconnector.journal.internal.DeadLetters;
import io.restconnector.journal.internal.Explainer;
import io.restconnector.journal.internal.Previews;
import io.restconnector.journal.internal.ShownTriggers;
import io.restconnector.model.Finding;
import io.restconnector.model.internal.ModelCheck;
import io.restconnector.webhook.EarlyEvents;
import io.restconnector.worker.internal.RestWorker;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hc.core5.pool.PoolStats;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;

/**
 * The connector of one engine, for people: what it did lately, and why not. {@link #check} needs no
 * engine. Safe for use by many threads.
 *
 * <p>What sends or changes something wants {@code rest-connector.operations.actions=true}, and
 * throws a {@link RefusedOperationException} without it.
 *
 * @since 0.1
 */
public final class RestConnector {

  private final RunningConnector connector;

  private RestConnector(RunningConnector connector) {
    this.connector = connector;
  }

  /**
   * That of this engine.
   *
   * @throws IllegalArgumentException when the engine has no REST connector
   */
  public static RestConnector of(ProcessEngine engine) {
    RunningConnector connector =
        EngineParts.find(engine.getProcessEngineConfiguration(), RunningConnector.class);
    if (connector == null) {
      throw new IllegalArgumentException("This engine has no REST connector");
    }
    return new RestConnector(connector);
  }

  /** The last calls and webhook requests of this node. */
  public Journal journal() {
    return connector.journal();
  }

  /** The webhook events that came before anything waited for them. */
  public EarlyEvents earlyEvents() {
    return connector
        .webhooks()
        .triggers()
        .early()
        .events(this::requireActions, connector.journal()::shownPath);
  }

  /** The webhook triggers that are deployed, by key and then by tenant. */
  public List<TriggerState> triggers() {
    return new ShownTriggers(connector.journal(), connector.webhooks()).all();
  }

  /** The state of the connector on this node. */
  public Overview overview() {
    RestCalls calls = connector.calls();
    RestWorker worker = connector.worker();
    PoolStats pool = calls == null ? null : calls.client().poolStats();
    RestWorker.Status status = worker == null ? null : worker.status();
    RestConnectorSettings settings = connector.settings();
    return new Overview(
        settings.webhooks().path(),
        triggers(),
        calls == null ? Map.of() : new TreeMap<>(calls.client().breakers().states()),
        pool == null
            ? null
            : new Overview.Connections(pool.getLeased(), pool.getAvailable(), pool.getPending()),
        calls == null ? Map.of() : shares(calls),
        status == null
            ? null
            : new Overview.Worker(
                status.takesJobs(), status.reachesJobs(), status.inFlight(), status.queueAge()),
        connector.webhooks().triggers().early().count(),
        List.copyOf(new TreeSet<>(settings.http().access().authentications().keySet())),
        settings.http().egress().mode().name(),
        settings.operations().actions());
  }

  private static Map<String, Overview.Share> shares(RestCalls calls) {
    Map<String, Overview.Share> states = new TreeMap<>();
    for (Share share : calls.client().shares().all()) {
      Share.State state = share.state();
      states.put(
          share.name(), new Overview.Share(state.inFlight(), state.waiting(), state.stopped()));
    }
    return states;
  }

  /**
   * What would happen to a webhook request: each check of each trigger of its path, by the same
   * code as that of the endpoint, then the event or action with its values. Nothing happens: no
   * rate counts it, no delivery is remembered, no process is started or woken. Expressions of
   * triggers are evaluated.
   */
  public Explanation explain(SampleRequest request) {
    return explainer().explain(request);
  }

  /**
   * As {@link #explain(SampleRequest)}, of a request of the journal. The journal keeps no
   * credentials: its sender is known if he was known then.
   *
   * @param request id of its entry
   * @throws RefusedOperationException when the journal does not have it, or not all of its body
   */
  public Explanation explain(long request) {
    return explainer().explain(request);
  }

  /**
   * Sends a webhook request of the journal once more. It counts for no rate; a delivery that was
   * answered before is answered as then. Its sender is known if he was known then. An answer of a
   * process is not waited for.
   *
   * @param request id of its entry
   * @return the new entry, null where the journal has forgotten it already
   * @throws RefusedOperationException when the journal does not have it, or not all of its body
   */
  public @Nullable RequestEntry replay(long request) {
    requireActions();
    return explainer().replay(request);
  }

  /**
   * The request that a deployed task would send. Its expressions are evaluated, in a transaction
   * that is rolled back.
   *
   * @param definition id of a process definition, or its key for the latest version
   * @param activity id of a task of the connector
   * @param variables that the task sees
   * @throws RefusedOperationException when there is no such task
   */
  public RequestPreview preview(String definition, String activity, Map<String, ?> variables) {
    return previews().preview(definition, activity, variables);
  }

  /**
   * Makes the call of a deployed task, and waits for its end. The engine is not touched.
   *
   * @param definition as of {@link #preview}, as the others
   */
  public SendResult send(String definition, String activity, Map<String, ?> variables) {
    requireActions();
    return previews().send(definition, activity, variables);
  }

  /**
   * Dead letter jobs, the newest first, 1,000 at most.
   *
   * @param instance id of their process instance, null for any
   */
  public List<DeadLetter> deadLetters(@Nullable String instance) {
    return DeadLetters.of(connector.engine(), connector.journal()).list(instance);
  }

  /**
   * Runs a dead letter job again, with as many retries as a new one.
   *
   * @throws RefusedOperationException when there is no such job
   */
  public void retry(String deadLetterJob) {
    requireActions();
    DeadLetters.of(connector.engine(), connector.journal()).retry(deadLetterJob);
  }

  private void requireActions() {
    if (!connector.settings().operations().actions()) {
      throw new RefusedOperationException(
          "This changes something, which rest-connector.operations.actions does not allow");
    }
  }

  private Explainer explainer() {
    return new Explainer(connector.journal(), connector.webhooks());
  }

  private Previews previews() {
    RestCalls calls = connector.calls();
    if (calls == null) {
      throw new RefusedOperationException("The engine is not built yet");
    }
    return new Previews(connector.engine(), calls, connector.journal());
  }

  /**
   * Checks the REST tasks of a model as a deployment does, for a test of one's models. What only
   * the configuration of a node can tell, such as the names of its authentications, is not checked.
   *
   * @param bpmn BPMN 2.0 XML, read to its end and not closed
   * @return errors and warnings, empty where nothing is wrong
   * @throws IllegalArgumentException when it is no BPMN
   */
  public static List<Finding> check(InputStream bpmn) {
    return ModelCheck.check(bpmn, null);
  }

  /**
   * As {@link #check(InputStream)}, for a node with these settings.
   *
   * @param settings of the node that will run it
   */
  public static List<Finding> check(InputStream bpmn, RestConnectorSettings settings) {
    return ModelCheck.check(bpmn, settings.http());
  }
}
