package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where the text of an exception gets into a message or a log. That of a library may quote a peer
 * or a value, so each place is listed here with the reason why it may: a new one wants a {@code
 * LoggedFailure}, or a sentence of its own.
 */
@AnalyzeClasses(packages = "io.restconnector", importOptions = ImportOption.DoNotIncludeTests.class)
class ForeignTextTest {

  private static final Path SOURCES = Path.of("src/main/java/io/restconnector");

  /** A variable that holds one. */
  private static final Pattern EXCEPTION =
      Pattern.compile("\\b(?:Throwable|Error|\\w*Exception) (\\w+)\\b");

  private static final Set<String> TEXTS =
      Set.of(
          "getMessage",
          "getLocalizedMessage",
          "getReason",
          "getOriginalMessage",
          "getInput",
          "toString",
          "printStackTrace");

  /** Class and exception whose text it reads. */
  private static final Map<String, String> READERS =
      Map.ofEntries(
          // The exception is the connector's, and only it can come there.
          Map.entry("webhook.internal.trust.HmacVerifier UnfitClaimException", "own"),
          Map.entry("webhook.internal.trust.SchemeProperties InvalidTriggerException", "own"),
          Map.entry(
              "webhook.internal.trust.SchemeProperties IllegalArgumentException",
              "of a signature scheme, which tells what a channel file must have"),
          Map.entry("call.internal.CallResult InvalidInputException", "own"),
          Map.entry("call.internal.FoundInputs InvalidInputException", "own"),
          Map.entry("call.internal.OutputWriter UnusableExpressionException", "own"),
          Map.entry("aps.internal.RestCall IllegalArgumentException", "names types"),
          Map.entry("aps.internal.RestCallValues IllegalArgumentException", "names types"),
          Map.entry("aps.internal.RestCallInputs InvalidInputException", "own"),
          Map.entry("aps.internal.RestCallPayload IllegalArgumentException", "names types"),
          Map.entry("aps.internal.RestCallPayload NoJsonException", "own"),
          Map.entry("aps.internal.RestCallCheck InvalidInputException", "own"),
          Map.entry("spring.EndpointProperties IllegalArgumentException", "of the settings"),
          Map.entry(
              "call.internal.CallResult BpmnError", "of the application, which wants it read"),
          Map.entry("call.internal.Polling BpmnError", "of the application, which wants it read"),
          Map.entry("call.internal.UncaughtErrors BpmnError", "restError, or the application's"),
          Map.entry("call.internal.RequestReader InvalidBodyException", "own"),
          Map.entry("call.internal.RequestReader InvalidInputException", "own"),
          Map.entry(
              "spring.RestConnectorProperties IllegalArgumentException",
              "of settings, which quote no value"),
          Map.entry("spring.AuthenticationProperties IllegalArgumentException", "as above"),
          Map.entry("spring.HttpTaskProperties IllegalArgumentException", "of the settings"),
          Map.entry("spring.ProxyProperties IllegalArgumentException", "as above"),
          Map.entry("spring.ShareProperties IllegalArgumentException", "as above"),
          Map.entry("http.internal.body.MultipartBody InvalidBodyException", "own"),
          Map.entry("spring.RestConnectorAutoConfiguration IllegalArgumentException", "as above"),
          Map.entry("spring.InvalidSettingsFailureAnalyzer InvalidSettingsException", "own"),
          Map.entry("RunningConnector IllegalArgumentException", "as above"),
          Map.entry("webhook.internal.request.CodedBody IOException", "the decoder's own"),
          Map.entry("spring.RestConnectorEndpoint RefusedOperationException", "own"),
          Map.entry(
              "webhook.internal.trigger.ValidatingRepositoryService InvalidTriggerException",
              "own"),
          Map.entry("webhook.internal.trigger.WebhookChannels InvalidTriggerException", "own"),
          Map.entry("worker.internal.JobCompletion NotCaughtException", "own: code and restError"),
          // Thrown by JsonValues, JsonTemplate and an evaluator that wraps what it meets.
          Map.entry("call.internal.FoundInputs IllegalArgumentException", "names types"),
          Map.entry("call.internal.Inputs IllegalArgumentException", "names types"),
          Map.entry("call.internal.OutputWriter IllegalArgumentException", "names types"),
          Map.entry("call.internal.PollInput IllegalArgumentException", "names types"),
          Map.entry("call.internal.Polling IllegalArgumentException", "names types"),
          Map.entry("call.internal.Polling NoStatusUrlException", "own"),
          Map.entry("call.internal.ExecutionInputs UnusableExpressionException", "own"),
          Map.entry("content.internal.JsonValues IllegalArgumentException", "names types"),
          Map.entry("content.internal.LeafException IllegalArgumentException", "names types"),
          Map.entry("call.internal.UrlTemplate UnencodableException", "own"),
          Map.entry("call.internal.Probe InvalidInputException", "own"),
          Map.entry(
              "call.internal.TaskCheck IllegalArgumentException",
              "of a ModelText, which quotes nothing"),
          Map.entry("project.internal.ProjectCheck IllegalArgumentException", "names types"),
          Map.entry("project.internal.PropertyDefaults IllegalArgumentException", "as above"),
          Map.entry("content.internal.JsonText JacksonException", "chooses a sentence of our own"),
          Map.entry("content.internal.LoggedFailure Throwable", "decides what is left of it"),
          Map.entry("content.internal.LoggedFailure LoggedFailure", "decides what is left of it"));

  /** Classes that log an exception with its text. */
  private static final Map<String, String> LOGGERS =
      Map.of(
          "call.internal.DelegateCall", "the cause of an outcome, which is a LoggedFailure",
          "webhook.internal.delivery.DeduplicationStore",
              "statements whose parameters are hashes and times",
          "worker.internal.JobPoll", "statements whose parameters are topics and ids of jobs",
          "worker.internal.JobShares", "statements whose parameters are ids of jobs");

  @ArchTest
  static void theTextOfAnExceptionIsReadWhereItIsKnownOnly(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    calls(classes, ForeignTextTest::isText)
        .forEach((call, from) -> found.add(from + " " + call.getTargetOwner().getSimpleName()));

    assertThat(found).isNotEmpty().isSubsetOf(READERS.keySet());
  }

  /**
   * In the source, since a logger takes an exception as any object. Looks for a variable that holds
   * an exception as the last argument of a logger, and as part of any text.
   */
  @Test
  void whenAnExceptionIsLoggedThenItIsWithoutForeignText() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        for (String name :
            EXCEPTION.matcher(source).results().map(match -> match.group(1)).distinct().toList()) {
          if (Pattern.compile(
                  "LOG\\.\\w+\\([^;]*,\\s*%1$s\\);|\\+ %1$s\\b(?!\\.)|valueOf\\(%1$s\\)"
                      .formatted(name))
              .matcher(source)
              .find()) {
            found.add(SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.'));
          }
        }
      }
    }

    assertThat(found).isNotEmpty().isSubsetOf(LOGGERS.keySet());
  }

  private static boolean isText(JavaMethodCall call) {
    return call.getTargetOwner().isAssignableTo(Throwable.class) && TEXTS.contains(call.getName());
  }

  private static Map<JavaMethodCall, String> calls(
      JavaClasses classes, Predicate<JavaMethodCall> wanted) {
    Map<JavaMethodCall, String> found =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (JavaClass each : classes) {
      for (JavaMethodCall call : each.getMethodCallsFromSelf()) {
        if (wanted.test(call)) {
          found.put(
              call,
              each.getName().replaceFirst("\\$.*", "").replaceFirst("^io\\.restconnector\\.", ""));
        }
      }
    }
    return found;
  }
}
