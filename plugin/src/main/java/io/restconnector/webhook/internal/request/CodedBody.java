package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.Bytes;
import io.restconnector.content.internal.ContentDecoder;
import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.content.internal.UnsupportedCodingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.Inflater;

/** A body in the content codings of its header (RFC 9110 §8.4). */
public final class CodedBody {

  private CodedBody() {}

  /** In the order in which they were applied. */
  public static List<String> codings(WebhookRequest request) {
    return request.headers().getOrDefault("content-encoding", List.of()).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  public static byte[] decode(byte[] bytes, List<String> codings, long limit)
      throws RefusedException {
    if (codings.isEmpty()) {
      return bytes;
    }
    Inflater raw = new Inflater(true);
    try {
      Bytes decoded =
          ContentDecoder.decode(
              new Bytes(bytes, bytes.length), codings, limit, new CompletableFuture<>(), raw);
      return decoded.length() == decoded.array().length
          ? decoded.array()
          : Arrays.copyOf(decoded.array(), decoded.length());
    } catch (ResponseTooLargeException tooLarge) {
      throw RefusedException.tooLarge(limit);
    } catch (UnsupportedCodingException unsupported) {
      throw RefusedException.unsupportedCoding();
    } catch (IOException malformed) {
      // The message is the decoder's own.
      throw RefusedException.badRequest(
          "The body is not in its Content-Encoding: %s.".formatted(malformed.getMessage()));
    } finally {
      raw.end();
    }
  }
}
