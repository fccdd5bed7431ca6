package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** Trace ids of headers and of this thread. */
class TraceParentTest {

  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SENT = "00-" + ID + "-b7ad6b7169203331-01";

  @ParameterizedTest
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more, true",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01, false",
    "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01, false",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01, false",
    "00-0af7651916cd43dd8448eb211c80319c, false",
    "' 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', false",
    "'', false",
    ", false",
  })
  void whenAHeaderHasTheFormOfTraceContextThenItsTraceIdIsTaken(
      @Nullable String header, boolean isTaken) {
    assertThat(TraceParent.traceId(header)).isEqualTo(isTaken ? ID : null);
  }

  @Test
  void whenHeadersHaveATraceParentThenItIsFoundInAnyCase() {
    BasicHeader other = new BasicHeader("Accept", SENT);
    assertThat(TraceParent.traceId(List.of(other, new BasicHeader("TraceParent", SENT))))
        .isEqualTo(ID);
    assertThat(TraceParent.traceId(List.of(other))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef, 0123456789abcdef",
    "0123456789abcdef0123456789abcdef, 0123456789abcdef0123456789abcdef",
    "0123456789abcde, ",
    "0123456789abcdef0123456789abcdef0, ",
    "not-an-id-of-any-tracer, ",
    ", ",
  })
  void whenTheHeaderHasNoneThenTheIdThatATracerTellsTheLogIsTaken(
      @Nullable String told, @Nullable String taken) {
    MDC.put("traceId", told);
    try {
      assertThat(TraceParent.ofThisThread("nonsense")).isEqualTo(taken);
      assertThat(TraceParent.ofThisThread(null)).isEqualTo(taken);
      assertThat(TraceParent.ofThisThread(SENT)).isEqualTo(ID);
    } finally {
      MDC.remove("traceId");
    }
  }
}
