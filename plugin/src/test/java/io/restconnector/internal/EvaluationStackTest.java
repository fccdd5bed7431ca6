package io.restconnector.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.flowable.common.engine.api.FlowableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault a failed expression is. */
class EvaluationStackTest {

  private static final String EVALUATOR = "io.restconnector.Evaluator";

  /**
   * @param frames the innermost first
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a text method fails, java.lang.String java.lang.reflect.Method %el.AstMethod, false",
    "a JSON node fails, tools.jackson.databind.JsonNode %el.JsonNodeELResolver, false",
    "JSON of the engine fails, %json.impl.jackson.FlowableJson %el.Resolver, false",
    "the expression is malformed, %de.odysseus.el.tree.impl.Parser %el.Manager, false",
    "a bean fails, com.example.Bean java.lang.reflect.Method %el.AstMethod, true",
    "a bean calls the JDK, java.util.List com.example.Bean %el.AstMethod, true",
    "a proxy of a bean fails, jdk.proxy2.$Proxy12 %el.AstMethod, true",
    "a service of the engine fails, org.flowable.engine.impl.Service %el.AstMethod, true"
  })
  void whenCodeOfTheApplicationRanThenItIsTheApplications(
      String name, String frames, boolean expected) {
    for (String end :
        new String[] {
          EVALUATOR, "org.flowable.common.engine.impl.de.odysseus.el.TreeValueExpression"
        }) {
      // What called the evaluator is not looked at.
      RuntimeException failed =
          failed(new IllegalStateException("no"), frames + " " + end + " com.example.Caller");
      assertThat(EvaluationStack.hasApplication(failed, Set.of(EVALUATOR))).isEqualTo(expected);
      assertThat(
              EvaluationStack.hasApplication(
                  failed(new FlowableException("around it", failed), EVALUATOR), Set.of(EVALUATOR)))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.IllegalStateException, true",
    "java.lang.NullPointerException, false",
    "java.lang.ClassCastException, false"
  })
  void whenThereIsNoStackThenItIsTheApplicationsUnlessTheJvmLeavesItOut(
      Class<? extends RuntimeException> type, boolean expected) throws Exception {
    RuntimeException failed = failed(type.getDeclaredConstructor().newInstance(), "");

    assertThat(EvaluationStack.hasApplication(failed, Set.of(EVALUATOR))).isEqualTo(expected);
  }

  private static RuntimeException failed(RuntimeException failed, String frames) {
    failed.setStackTrace(
        Stream.of(frames.replace("%", "org.flowable.common.engine.impl.").split(" "))
            .filter(each -> !each.isEmpty())
            .map(each -> new StackTraceElement(each, "run", null, 1))
            .toArray(StackTraceElement[]::new));
    return failed;
  }
}
