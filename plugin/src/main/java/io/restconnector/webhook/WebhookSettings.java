package io.restconnector.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the webhook endpoint of one engine. Immutable.
 *
 * <p>A component that is null has its default, as a binder leaves what is not configured. After
 * construction none is null but {@code publicUrl}. A value out of its range is refused with an
 * {@link IllegalArgumentException} that names the property.
 *
 * @param path of the endpoint below the application's context path: one or more segments of
 *     letters, digits and {@code . _ ~ -}, each after a slash; default {@code
 *     /rest-connector/events}. Only the auto-configuration reads it: a servlet that is added by
 *     hand is where it is mapped.
 * @param maxBodySize largest request body in bytes, as sent and decoded, from 0 to 2 GiB; default 1
 *     MiB. A larger one is answered 413.
 * @param bodyTimeout for the whole body to arrive, else 408, and as long again for memory to parse
 *     it, else 503; from 1 ms to 24 h; default 10 s
 * @param eventNotMatchStatus status of the answer where no trigger matches or nothing takes the
 *     request, unless a channel of its path has its own; from 200 to 599; default is that of the
 *     environment variable {@code EVENT_NOT_MATCH_STATUS}, else 404
 * @param publicUrl origin and context path under which senders know this application, such as
 *     {@code https://example.com/app}; it is what they sign where they sign the URL, and where they
 *     find the answers of processes. A slash at its end is dropped. Null, the default, stands for
 *     each request's own scheme, {@code Host} and context path; the address of an answer is then a
 *     path.
 * @param maxEarlyEvents how many events that came early are kept at once, by all nodes of a
 *     database together; from 0, which keeps none; default 100,000
 */
public record WebhookSettings(
    String path,
    Long maxBodySize,
    Duration bodyTimeout,
    Integer eventNotMatchStatus,
    @Nullable String publicUrl,
    Integer maxEarlyEvents) {

  private static final Pattern PUBLIC_URL =
      Pattern.compile("https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._~%-]+)*/?");

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
  private static final String VARIABLE = "EVENT_NOT_MATCH_STATUS";

  public WebhookSettings {
    path = path == null ? "/rest-connector/events" : path;
    maxBodySize = maxBodySize == null ? Long.valueOf(1024 * 1024) : maxBodySize;
    bodyTimeout = bodyTimeout == null ? Duration.ofSeconds(10) : bodyTimeout;
    eventNotMatchStatus =
        eventNotMatchStatus == null ? notMatchStatus(System.getenv()) : eventNotMatchStatus;
    maxEarlyEvents = maxEarlyEvents == null ? Integer.valueOf(100_000) : maxEarlyEvents;
    if (publicUrl != null) {
      if (!PUBLIC_URL.matcher(publicUrl).matches()) {
        throw new IllegalArgumentException(
            "webhooks.public-url is no origin with a context path such as https://example.com/app");
      }
      publicUrl =
          publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("webhooks.path is no such path as /rest-connector/events");
    }
    // A body is held in one array.
    if (maxBodySize < 0 || maxBodySize > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "webhooks.max-body-size is out of range, wanted 0 bytes to 2 GiB");
    }
    if (bodyTimeout.compareTo(Duration.ofMillis(1)) < 0
        || bodyTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "webhooks.body-timeout is " + bodyTimeout + ", wanted 1 ms to 24 h");
    }
    if (maxEarlyEvents < 0) {
      throw new IllegalArgumentException(
          "webhooks.max-early-events is " + maxEarlyEvents + ", wanted 0 or more");
    }
    if (!isFinalStatus(eventNotMatchStatus)) {
      throw new IllegalArgumentException(
          "event-not-match-status is out of range, wanted 200 to 599");
    }
  }

  static int notMatchStatus(Map<String, String> environment) {
    String value = environment.get(VARIABLE);
    if (value == null || value.isBlank()) {
      return 404;
    }
    try {
      int status = Integer.parseInt(value.strip());
      if (isFinalStatus(status)) {
        return status;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw new IllegalArgumentException(VARIABLE + " is no status, wanted 200 to 599");
  }

  /** Whether an answer may have this status: from 200 to 599. */
  public static boolean isFinalStatus(int status) {
    return status >= 200 && status <= 599;
  }

  /** Every setting at its default. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static WebhookSettings defaults() {
    return new WebhookSettings(null, null, null, null, null, null);
  }

  public WebhookSettings withPath(String value) {
    return new WebhookSettings(
        value, maxBodySize, bodyTimeout, eventNotMatchStatus, publicUrl, maxEarlyEvents);
  }

  public WebhookSettings withMaxBodySize(long bytes) {
    return new WebhookSettings(
        path, bytes, bodyTimeout, eventNotMatchStatus, publicUrl, maxEarlyEvents);
  }

  public WebhookSettings withEventNotMatchStatus(int value) {
    return new WebhookSettings(path, maxBodySize, bodyTimeout, value, publicUrl, maxEarlyEvents);
  }

  public WebhookSettings withBodyTimeout(Duration value) {
    return new WebhookSettings(
        path, maxBodySize, value, eventNotMatchStatus, publicUrl, maxEarlyEvents);
  }

  public WebhookSettings withPublicUrl(String value) {
    return new WebhookSettings(
        path, maxBodySize, bodyTimeout, eventNotMatchStatus, value, maxEarlyEvents);
  }

  public WebhookSettings withMaxEarlyEvents(int value) {
    return new WebhookSettings(
        path, maxBodySize, bodyTimeout, eventNotMatchStatus, publicUrl, value);
  }
}
