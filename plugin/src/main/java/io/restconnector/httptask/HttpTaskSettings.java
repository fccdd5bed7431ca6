package io.restconnector.httptask;

import io.restconnector.http.AccessSettings;
import java.util.List;

/**
 * Whether and how Flowable's own {@code http} tasks go over the connector's client. A null
 * component stands for its default, as a binder leaves what is not configured.
 *
 * @param enabled whether they do; default false
 * @param authentications the first whose hosts match the URL of a task goes with its request; a
 *     task that sends an {@code Authorization} header of its own keeps that. Default none.
 * @param circuitBreaker whether the breaker of its origin guards each task; default false
 * @since 0.1
 */
public record HttpTaskSettings(
    Boolean enabled, List<HostAuthentication> authentications, Boolean circuitBreaker) {

  public HttpTaskSettings {
    enabled = enabled == null ? Boolean.FALSE : enabled;
    authentications = authentications == null ? List.of() : List.copyOf(authentications);
    circuitBreaker = circuitBreaker == null ? Boolean.FALSE : circuitBreaker;
  }

  /** Every setting at its default: Flowable's tasks use Flowable's client. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static HttpTaskSettings defaults() {
    return new HttpTaskSettings(null, null, null);
  }

  public HttpTaskSettings withEnabled(boolean value) {
    return new HttpTaskSettings(value, authentications, circuitBreaker);
  }

  public HttpTaskSettings withAuthentications(List<HostAuthentication> value) {
    return new HttpTaskSettings(enabled, value, circuitBreaker);
  }

  public HttpTaskSettings withCircuitBreaker(boolean value) {
    return new HttpTaskSettings(enabled, authentications, value);
  }

  /**
   * Checks that each authentication exists.
   *
   * @throws IllegalArgumentException that names the setting
   */
  public void check(AccessSettings access) {
    for (int i = 0; i < authentications.size(); i++) {
      if (!access.authentications().containsKey(authentications.get(i).authentication())) {
        throw new IllegalArgumentException(
            "http-tasks.authentications[%d].authentication names no authentication under authentications"
                .formatted(i));
      }
    }
  }
}
