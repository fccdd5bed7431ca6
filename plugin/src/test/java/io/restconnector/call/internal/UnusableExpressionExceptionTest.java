package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.LoggedFailure;
import java.util.stream.Stream;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.flowable.common.engine.impl.javax.el.MethodNotFoundException;
import org.flowable.common.engine.impl.javax.el.PropertyNotFoundException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnusableExpressionExceptionTest {

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(
            new PropertyNotFoundException("secret"), "there is no such variable, bean or property"),
        Arguments.of(
            new IllegalStateException("secret", new PropertyNotFoundException("secret")),
            "there is no such variable, bean or property"),
        Arguments.of(new MethodNotFoundException("secret"), "there is no such method"),
        Arguments.of(
            new ELException("secret", new MethodNotFoundException("secret")),
            "there is no such method"),
        Arguments.of(
            new ELException("secret"), "it is malformed, or what it meets is of another type"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void whenAnExpressionCannotBeEvaluatedThenTheReasonIsInOurWords(Throwable cause, String reason) {
    assertThat(new UnusableExpressionException("${a}", cause))
        .hasMessage("the expression ${a}, which cannot be evaluated: " + reason)
        .hasCauseInstanceOf(LoggedFailure.class);
  }
}
