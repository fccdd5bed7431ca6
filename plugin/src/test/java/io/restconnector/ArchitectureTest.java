package io.restconnector;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.restconnector.internal.platform.EngineJson;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flowable.common.engine.impl.el.JsonNodeELResolver;
import org.flowable.variable.api.delegate.VariableScope;
import org.springframework.aot.hint.MemberCategory;
import tools.jackson.databind.JsonNode;

/** The rooms of the house and the doors between them. */
@AnalyzeClasses(packages = "io.restconnector", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.restconnector";

  private static final String PLATFORM = "io.restconnector.internal.platform";

  /** Packages of Spring Boot that have the same classes in 3.5 and 4. */
  private static final String[] BOOT_OF_ALL_LINES = {
    "org.springframework.boot.actuate.endpoint..",
    "org.springframework.boot.autoconfigure",
    "org.springframework.boot.autoconfigure.condition",
    "org.springframework.boot.context..",
    "org.springframework.boot.diagnostics",
    "org.springframework.boot.ssl",
    "org.springframework.boot.web.servlet"
  };

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.restconnector.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_CYCLES_IN_HTTP =
      slices().matching("io.restconnector.http.internal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_CYCLES_IN_WEBHOOK =
      slices().matching("io.restconnector.webhook.internal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_ROOM_OF_WEBHOOK_KNOWS_THE_ENDPOINT =
      noClasses()
          .that()
          .resideInAPackage("io.restconnector.webhook.internal.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.restconnector.webhook.internal");

  @ArchTest
  static final ArchRule CONTENT_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .that(are(resideInAPackage("..restconnector.content..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.restconnector..", "org.flowable..", "org.springframework..")
                  .and(
                      resideInAPackage("io.restconnector.content..")
                          .negate()
                          .as("outside content")));

  @ArchTest
  static final ArchRule INTERNAL_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .that(are(resideInAPackage("io.restconnector.internal")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.restconnector..")
                  .and(
                      resideInAPackage("io.restconnector.internal")
                          .negate()
                          .as("outside internal")));

  @ArchTest
  static final ArchRule HTTP_KNOWS_ONLY_SPI_AND_CONTENT =
      noClasses()
          .that(are(resideInAPackage("..restconnector.http..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.restconnector..", "org.flowable..", "jakarta.servlet..")
                  .and(
                      resideInAnyPackage(
                              "io.restconnector.http..",
                              "io.restconnector.spi..",
                              "io.restconnector.content..")
                          .negate()
                          .as("outside http, spi and content")));

  @ArchTest
  static final ArchRule TLS_IS_VERIFIED_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveSimpleName("VerifiedTls")
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.hc.client5.http.ssl"));

  @ArchTest
  static final ArchRule CALL_KNOWS_ONLY_HTTP_SPI_INTERNAL_AND_CONTENT =
      noClasses()
          .that(are(resideInAPackage("..restconnector.call..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.restconnector..", "jakarta.servlet..")
                  .and(
                      resideInAnyPackage(
                              "io.restconnector.call..",
                              "io.restconnector.http..",
                              "io.restconnector.spi..",
                              "io.restconnector.internal..",
                              "io.restconnector.content..")
                          .negate()
                          .as("outside call, http, spi, internal and content")));

  @ArchTest
  static final ArchRule REST_CALL_TASKS_KNOW_ONLY_CALL_HTTP_SPI_CONTENT_AND_PLATFORM =
      noClasses()
          .that(are(resideInAPackage("..restconnector.aps..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.restconnector..", "jakarta.servlet..", "org.flowable..impl..")
                  .and(
                      resideInAnyPackage(
                              "io.restconnector.aps..",
                              "io.restconnector.call..",
                              "io.restconnector.http..",
                              "io.restconnector.spi..",
                              "io.restconnector.content..",
                              PLATFORM)
                          .negate()
                          .as("outside aps, call, http, spi, content and platform")));

  @ArchTest
  static final ArchRule WEBHOOK_KNOWS_ONLY_SPI_INTERNAL_AND_CONTENT =
      noClasses()
          .that(are(resideInAPackage("..restconnector.webhook..")))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.restconnector..")
                  .and(
                      resideInAnyPackage(
                              "io.restconnector.webhook..",
                              "io.restconnector.spi..",
                              "io.restconnector.internal..",
                              "io.restconnector.content..")
                          .negate()
                          .as("outside webhook, spi, internal and content")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule WORKER_DOES_NOT_KNOW_WEBHOOK_OR_SPRING =
      noClasses()
          .that(are(resideInAPackage("..restconnector.worker..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.restconnector.webhook..", "io.restconnector.spring..");

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_AND_SPRING_KNOW_MODEL =
      noClasses()
          .that(
              resideInAnyPackage(
                  "io.restconnector.call..",
                  "io.restconnector.content..",
                  "io.restconnector.http..",
                  "io.restconnector.spi..",
                  "io.restconnector.webhook..",
                  "io.restconnector.worker.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.restconnector.model..");

  @ArchTest
  static final ArchRule MODEL_KNOWS_NEITHER_WORKER_NOR_SPRING =
      noClasses()
          .that(are(resideInAPackage("..restconnector.model..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.restconnector.worker..", "io.restconnector.spring..");

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_AND_SPRING_KNOW_THE_JOURNAL =
      noClasses()
          .that(
              resideInAnyPackage(
                  "io.restconnector.call..",
                  "io.restconnector.content..",
                  "io.restconnector.http..",
                  "io.restconnector.model..",
                  "io.restconnector.spi..",
                  "io.restconnector.webhook..",
                  "io.restconnector.worker.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.restconnector.journal..");

  @ArchTest
  static final ArchRule PROJECT_KNOWS_ONLY_CALL_CONTENT_AND_PLATFORM =
      noClasses()
          .that(are(resideInAPackage("..restconnector.project..")))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.restconnector..")
                  .and(
                      resideInAnyPackage(
                              "io.restconnector.project..",
                              "io.restconnector.call..",
                              "io.restconnector.content..",
                              PLATFORM)
                          .negate()
                          .as("outside project, call, content and platform")));

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_KNOWS_PROJECT =
      noClasses()
          .that(
              resideInAPackage("io.restconnector.*..")
                  .and(resideInAPackage("io.restconnector.project..").negate().as("not project")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.restconnector.project..");

  @ArchTest
  static final ArchRule SPRING_STAYS_IN_ITS_PACKAGE =
      noClasses()
          .that(
              are(
                  resideInAnyPackage("..restconnector.spring..", PLATFORM)
                      .negate()
                      .as("outside spring and platform")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.flowable..spring..");

  /** What Flowable 7 and Spring Boot 3.5 do not have, or have elsewhere. */
  @ArchTest
  static final ArchRule LINES_OF_FLOWABLE_DIFFER_IN_THE_PLATFORM =
      noClasses()
          .that(are(resideInAPackage(PLATFORM).negate().as("outside platform")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "com.fasterxml.jackson..",
                      "org.flowable.common.engine.impl.json..",
                      "org.springframework.boot..")
                  .or(equivalentTo(JsonNodeELResolver.class))
                  .and(resideInAnyPackage(BOOT_OF_ALL_LINES).negate().as("of one line only")))
          .orShould()
          .callMethodWhere(
              target(nameMatching("get(ObjectMapper|VariableJsonMapper|MultipartMode)")))
          .orShould()
          .accessField(MemberCategory.class, "ACCESS_DECLARED_FIELDS");

  /** Elsewhere a node of Jackson 3 would become a variable of Flowable 7. */
  @ArchTest
  static final ArchRule VARIABLES_ARE_SET_IN_THE_FORM_OF_THE_ENGINE =
      classes()
          .that(
              describe(
                  "set variables",
                  each ->
                      Stream.concat(
                              each.getMethodCallsFromSelf().stream(),
                              each.getMethodReferencesFromSelf().stream())
                          .anyMatch(
                              access ->
                                  (access.getTargetOwner().isAssignableTo(VariableScope.class)
                                          && access.getName().matches("set.*Variables?.*"))
                                      || access
                                          .getName()
                                          .equals("insertVariableInstanceWithValue"))))
          .should()
          .dependOnClassesThat(are(equivalentTo(EngineJson.class)));

  /** Those without a default fail for a missing node with Jackson 3.0, which Flowable 7 has. */
  @ArchTest
  static final ArchRule MISSING_JSON_HAS_A_DEFAULT =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "reads JSON without a default",
                  call ->
                      call.getTargetOwner().isAssignableTo(JsonNode.class)
                          && call.getName().matches("as(String|Boolean|Int|Long|Double|Decimal)")
                          && call.getTarget().getRawParameterTypes().isEmpty()));

  @ArchTest
  static final ArchRule NOBODY_NEEDS_SPRING =
      noClasses()
          .that(are(resideInAPackage("..restconnector.spring..").negate().as("outside spring")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.restconnector.spring..");

  @ArchTest
  static final ArchRule DELEGATES_ARE_STATELESS =
      classes()
          .that()
          .areAssignableTo("io.restconnector.call.RestDelegate")
          .should()
          .haveOnlyFinalFields();

  @ArchTest
  static void engineInternalsAreOnlyWhereTheyAreNeeded(JavaClasses classes) {
    assertThat(using(classes, "org\\.flowable\\..*\\.impl\\..*", ROOT))
        .isSubsetOf(
            "io.restconnector.EngineClosing", // the commands of an engine's end
            "io.restconnector.internal.EngineMappers", // the engine's own extension point
            "io.restconnector.NoRestConnector", // the engine's own extension point
            "io.restconnector.RestConnectorConfigurator", // the engine's own extension point
            "io.restconnector.RunningConnector", // the engine's own extension point
            "io.restconnector.internal.platform.ExactNumbers", // what the engine makes of numbers
            // in JSON
            "io.restconnector.internal.platform.HttpTaskMultipart", // settings of http tasks
            "io.restconnector.internal.platform.WebhookChannelModel", // the mapper of channels
            "io.restconnector.internal.DatabaseFailure", // how expressions fail
            "io.restconnector.internal.EngineIndexes",
            "io.restconnector.internal.SchemaScripts", // the engine's schema managers
            "io.restconnector.internal.EngineParts", // the engine's listeners
            "io.restconnector.internal.EvaluationStack", // where expressions are evaluated
            "io.restconnector.call.internal.ExecutingEngine", // finds the engine, evaluates
            // expressions
            "io.restconnector.call.internal.FieldsOfClasses", // fields of flowable:class are not
            // set
            "io.restconnector.httptask.internal.ConnectorHttpClient", // settings of http tasks
            "io.restconnector.httptask.internal.TaskRequestReader", // the same
            "io.restconnector.call.internal.UncaughtErrors", // what leaves a command
            "io.restconnector.call.internal.TrialExecution", // an execution of no instance
            "io.restconnector.journal.internal.DeadLetters", // how often a job is tried
            "io.restconnector.journal.internal.Previews", // gives that execution its engine
            "io.restconnector.call.internal.IdempotencyKey", // the job that is being executed
            "io.restconnector.call.internal.UnusableExpressionException", // why an evaluator failed
            "io.restconnector.model.internal.DeploymentCheck", // hooks into the engine
            "io.restconnector.model.internal.CheckedDeployments", // the engine's own models, parsed
            // once
            "io.restconnector.model.internal.ModelCheck", // the grammar of expressions without an
            // engine
            "io.restconnector.project.internal.BoundProject", // the files beside a model
            "io.restconnector.project.internal.ProjectDeployer", // hooks into the engine
            "io.restconnector.project.internal.ProjectParse", // the engine's own extension point
            "io.restconnector.spring.RestConnectorAutoConfiguration",
            "io.restconnector.spring.UnservedWebhooksAutoConfiguration",
            // The event registry has no public way to run a channel's pipeline in one transaction.
            // On the engine's connection, in its transaction; the table with the engine's own.
            "io.restconnector.webhook.internal.delivery.StoredAnswers",
            "io.restconnector.webhook.internal.delivery.DeduplicationStore",
            "io.restconnector.webhook.internal.delivery.DeduplicationMapper",
            "io.restconnector.webhook.internal.delivery.KeptAction",
            "io.restconnector.webhook.internal.early.BegunWaits", // which subscriptions are made
            "io.restconnector.webhook.internal.early.EarlyDelivery",
            "io.restconnector.webhook.internal.early.EarlyEvents",
            "io.restconnector.webhook.internal.early.EarlyEventTable",
            "io.restconnector.webhook.internal.early.Transactions",
            "io.restconnector.webhook.internal.table.ConnectorTable",
            "io.restconnector.webhook.internal.table.Sql",
            "io.restconnector.webhook.internal.delivery.Deliveries",
            "io.restconnector.webhook.internal.delivery.EngineAccess",
            "io.restconnector.webhook.internal.delivery.PublishEvent",
            "io.restconnector.webhook.internal.delivery.SendSignal", // what signals reach
            "io.restconnector.webhook.internal.trigger.Evaluator", // how expressions fail
            "io.restconnector.webhook.internal.delivery.MatchedTriggerReader",
            "io.restconnector.webhook.internal.delivery.PayloadReader",
            "io.restconnector.webhook.internal.delivery.RowLock", // lasts until the commit, unlike
            // the engine's
            "io.restconnector.webhook.internal.delivery.TransactionalEventConsumer",
            "io.restconnector.webhook.internal.trigger.ExpressionFunctions", // the engine's own
            // extension point
            "io.restconnector.webhook.internal.trigger.FunctionCalls", // what an expression calls
            "io.restconnector.webhook.internal.respond.AnswerRows", // on the engine's connection
            "io.restconnector.webhook.internal.respond.AnswerStore",
            "io.restconnector.webhook.internal.respond.AwaitedInstances",
            "io.restconnector.webhook.internal.delivery.ProcessAnswers", // expressions of answers
            "io.restconnector.webhook.internal.trigger.DeferredAnswer",
            "io.restconnector.webhook.internal.table.ConnectorTable", // the engine's schema
            // managers
            "io.restconnector.webhook.internal.respond.InstanceEvents", // the engine's events
            "io.restconnector.webhook.internal.respond.InstanceState", // ended in its transaction
            "io.restconnector.webhook.internal.respond.TouchedInstances", // of a transaction
            "io.restconnector.webhook.internal.trigger.ChannelWarnings",
            "io.restconnector.webhook.internal.trigger.TriggerExpressions",
            "io.restconnector.webhook.internal.trigger.TriggerReader",
            "io.restconnector.webhook.internal.trigger.ValidatingRepositoryService",
            "io.restconnector.webhook.internal.delivery.SubscriptionMapper",
            "io.restconnector.webhook.internal.delivery.Subscriptions",
            "io.restconnector.webhook.internal.delivery.WaitingExecutions", // what the session has
            // read
            "io.restconnector.webhook.internal.trigger.WebhookChannels",
            "io.restconnector.webhook.internal.EngineOfRegistry",
            "io.restconnector.webhook.internal.ServedTriggers",
            "io.restconnector.webhook.internal.WebhookEndpoint",
            // Locks, extends and completes jobs in bulk, which the services cannot.
            "io.restconnector.worker.internal.AskLaterCmd",
            "io.restconnector.worker.internal.BatchSession",
            "io.restconnector.worker.internal.CompleteJobCmd",
            "io.restconnector.worker.internal.CompleteJobsCmd",
            "io.restconnector.worker.internal.JobCompletion", // causes of a failure
            "io.restconnector.worker.internal.InstanceRows",
            "io.restconnector.worker.internal.ParallelLeave",
            "io.restconnector.worker.internal.CreatedJobs",
            "io.restconnector.worker.internal.AnswerJobHandler",
            "io.restconnector.worker.internal.FailJobCmd",
            "io.restconnector.worker.internal.InputReader",
            "io.restconnector.worker.internal.Job",
            "io.restconnector.worker.internal.FreeJobs",
            "io.restconnector.worker.internal.JobLocks",
            "io.restconnector.worker.internal.JobStore",
            "io.restconnector.worker.internal.LockAwareJobManager",
            "io.restconnector.worker.internal.LockMapper",
            "io.restconnector.worker.internal.TracedJobHandler", // the end of a command
            "io.restconnector.worker.internal.RestWorker");
  }

  @ArchTest
  static void theServletApiIsInTheServletAndItsExchange(JavaClasses classes) {
    assertThat(using(classes, "jakarta\\.servlet\\..*", ROOT + ".webhook"))
        .isSubsetOf(
            "io.restconnector.webhook.WebhookServlet",
            "io.restconnector.webhook.WebhookExchange",
            "io.restconnector.webhook.WebhookWait");
    assertThat(using(classes, "jakarta\\.servlet\\..*", ROOT))
        .allMatch(
            name -> name.startsWith(ROOT + ".webhook.") || name.startsWith(ROOT + ".spring."));
  }

  /** Top-level classes of ours that use a type with such a name. */
  private static Set<String> using(JavaClasses classes, String type, String ours) {
    Set<String> names = new TreeSet<>();
    for (JavaClass each : classes) {
      if (each.getPackageName().startsWith(ours)
          && each.getDirectDependenciesFromSelf().stream()
              .anyMatch(used -> used.getTargetClass().getFullName().matches(type))) {
        names.add(each.getFullName().replaceFirst("\\$.*", ""));
      }
    }
    return names;
  }
}
