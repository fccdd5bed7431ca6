package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics and what they may have been meant to be. */
class TopicsTest {

  @ParameterizedTest
  @CsvSource({
    "restGet, GET, GET",
    "restget, , GET",
    "REST-GET, , GET",
    "rest_post, , POST",
    "' rest Trace', , TRACE",
    "restGets, , ",
    "get, , ",
    ", , "
  })
  void whenATopicIsNearlyAnActionThenItIsMeant(
      @Nullable String topic, @Nullable RestAction action, @Nullable RestAction meant) {
    assertThat(Topics.action(topic)).isEqualTo(action);
    assertThat(Topics.meant(topic)).isEqualTo(meant);
  }
}
