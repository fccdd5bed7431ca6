package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The segments of a path. */
class PathSegmentsTest {

  @ParameterizedTest
  @CsvSource({
    "'orders/A-1', '[orders, A-1]'",
    "'orders/', '[orders]'",
    "'a%2Fb/c%20d', '[a/b, c d]'",
    "'a+b', '[a+b]'",
    "'a;v=1', '[a;v=1]'",
    "'a//b', '[]'",
    "'a//', '[]'",
    "'a/%2E%2e/b', '[]'",
    "'./a', '[]'",
    "'', '[]'",
    "'...', '[...]'"
  })
  void whenAPathIsSplitThenEachSegmentIsDecodedByItself(String path, String segments)
      throws Exception {
    assertThat(PathSegments.of(path)).hasToString(segments);
  }

  @Test
  void whenAnEncodingIsBrokenThenTheRequestIsRefused() {
    assertThatThrownBy(() -> PathSegments.of("a/%zz")).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/events/a, true",
    "/app/events/a.b, true",
    "/a%2Fb, false",
    "/a;b, false",
    "/a//b, false",
    "/a/../b, false",
    "/a/.b, false"
  })
  void whenADispatcherWouldTouchAPathThenItIsNotPlain(String path, boolean isPlain) {
    assertThat(PathSegments.isPlain(path)).isEqualTo(isPlain);
  }
}
