package io.restconnector.extension;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.http.Header;

// tag::signature[]
/** AWS Signature Version 4 of requests to all services but S3. */
record AwsSignature(Clock clock) implements CallAuthentication {

  /** What a proxy or the client may change. */
  private static final Set<String> NOT_SIGNED =
      Set.of("accept-encoding", "traceparent", "user-agent");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String type() {
    return "aws-sigv4";
  }

  @Override
  public Authenticator configure(Settings settings) {
    String id = settings.property("access-key-id");
    String scope =
        settings.property("region") + "/" + settings.property("service") + "/aws4_request";
    return (request, deadline) ->
        CompletableFuture.completedFuture(sign(request, id, scope, settings.secret()));
  }

  private Credentials sign(RestRequest request, String id, String scope, Secret secret) {
    String time = TIME.format(clock.instant());
    String day = time.substring(0, 8);
    Map<String, String> headers = signedHeaders(request, time);
    String names = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            request.method(),
            encode(path(request.uri())).replace("%2F", "/"),
            query(request.uri()),
            headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining()),
            names,
            sha256(request.body() == null ? new byte[0] : request.body()));
    byte[] key = ("AWS4" + secret.reveal()).getBytes(UTF_8);
    for (String part : (day + "/" + scope).split("/", -1)) {
      key = hmac(key, part);
    }
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", time, day + "/" + scope, sha256(canonical.getBytes(UTF_8)));
    return Credentials.headers(
        Map.of(
            "X-Amz-Date",
            Secret.of(time),
            "Authorization",
            Secret.of(
                "AWS4-HMAC-SHA256 Credential=%s/%s/%s, SignedHeaders=%s, Signature=%s"
                    .formatted(
                        id, day, scope, names, HexFormat.of().formatHex(hmac(key, toSign))))));
  }

  private static Map<String, String> signedHeaders(RestRequest request, String time) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", request.uri().getRawAuthority());
    headers.put("x-amz-date", time);
    for (Header header : request.headers()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (!NOT_SIGNED.contains(name) && !headers.containsKey(name)) {
        headers.put(
            name,
            request.headers().stream()
                .filter(each -> each.getName().equalsIgnoreCase(name))
                .map(each -> each.getValue().strip().replaceAll(" +", " "))
                .collect(Collectors.joining(",")));
      }
    }
    return headers;
  }

  /** Of a service that knows no dots or empty segments in paths. */
  private static String path(URI uri) {
    String path = URI.create(uri.getRawPath().replaceAll("/+", "/")).normalize().getRawPath();
    return path.isEmpty() ? "/" : path;
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null
        ? ""
        : Arrays.stream(uri.getRawQuery().split("&", -1))
            .map(pair -> pair.contains("=") ? pair : pair + "=")
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
// end::signature[]
