package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.Bytes;
import io.restconnector.content.internal.ContentDecoder;
import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.content.internal.ParsingBudget.Permit;
import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.Inflater;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * Takes in the response of one exchange: within the memory that there is, and decoded on no I/O
 * thread.
 */
final class Reception {

  /** What may come out of a coded body before memory for all of it is asked for. */
  private static final int SMALL = 64 * 1024;

  final CompletableFuture<CallOutcome> result;
  private final RestRequest request;
  private final long limit;
  private final Decoders decoders;
  private final ParsingBudget budget;
  private final Object holder;

  /** What waits for memory. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /**
   * Receives one response.
   *
   * @param limit of the body in bytes, before and after decoding
   * @param holder of the response
   */
  Reception(
      RestRequest request,
      CompletableFuture<CallOutcome> result,
      long limit,
      Decoders decoders,
      ParsingBudget budget,
      Object holder) {
    this.request = request;
    this.result = result;
    this.limit = limit;
    this.decoders = decoders;
    this.budget = budget;
    this.holder = holder;
  }

  long limit() {
    return limit;
  }

  boolean isOver() {
    return result.isDone();
  }

  /** Takes the step as soon as there is memory for so many bytes more. */
  void reserve(long bytes, Step next) {
    CompletableFuture<Permit> permit = budget.receive(bytes, holder);
    result.whenComplete((outcome, cancelled) -> giveBack(permit));
    permit.thenRun(
        () -> {
          try {
            next.run();
          } catch (IOException | RuntimeException | Error failed) {
            result.complete(Failures.classify(failed, request, limit));
          }
        });
  }

  private static void giveBack(CompletableFuture<Permit> permit) {
    if (!permit.cancel(false)) {
      permit.join().close();
    }
  }

  /** The response is there, as it was on the wire. */
  void complete(CallOutcome.Response response) {
    if (response.length() == 0 || response.header(HttpHeaders.CONTENT_ENCODING) == null) {
      result.complete(response);
    } else {
      decode(response, Math.min(SMALL, limit));
    }
  }

  private void decode(CallOutcome.Response response, long most) {
    try {
      decoders.inflate(inflater -> decode(response, most, inflater));
    } catch (RejectedExecutionException closed) {
      result.complete(CallContext.closed());
    }
  }

  private void decode(CallOutcome.Response response, long most, Inflater inflater) {
    try {
      result.complete(decoded(response, most, inflater));
    } catch (ResponseTooLargeException tooLarge) {
      if (most == limit) {
        result.complete(new CallOutcome.TooLarge(limit));
      } else {
        reserve(limit, () -> decode(response, limit));
      }
    } catch (IOException malformed) {
      // A status says more than a body that cannot be read.
      result.complete(
          response.status() >= 400
              ? response.withoutBody()
              : Failures.classify(malformed, request, limit));
    } catch (RuntimeException | Error failed) {
      result.complete(new CallOutcome.Failed(failed));
    }
  }

  private CallOutcome.Response decoded(CallOutcome.Response response, long most, Inflater inflater)
      throws IOException {
    List<String> codings = new ArrayList<>();
    for (Header header : response.headers()) {
      if (header.getName().equalsIgnoreCase(HttpHeaders.CONTENT_ENCODING)) {
        MessageSupport.parseElements(header, element -> codings.add(element.getName()));
      }
    }
    Bytes decoded =
        ContentDecoder.decode(
            new Bytes(response.buffer(), response.length()), codings, most, result, inflater);
    return response.withBody(decoded.array(), decoded.length());
  }
}
