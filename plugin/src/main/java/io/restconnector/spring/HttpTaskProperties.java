package io.restconnector.spring;

import io.restconnector.httptask.HostAuthentication;
import io.restconnector.httptask.HttpTaskSettings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flowable's own http tasks over the REST connector's client.
 *
 * @param enabled Whether Flowable's own http tasks go over the REST connector's client.
 * @param authentications Authentications of http tasks by the hosts that they call; the first that
 *     matches counts.
 * @param circuitBreaker Whether the circuit breaker of its origin guards each http task.
 */
record HttpTaskProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue List<Entry> authentications,
    @DefaultValue("false") boolean circuitBreaker) {

  /**
   * The authentication of some hosts.
   *
   * @param hosts Hosts in the forms of the hosts of an authentication.
   * @param authentication Name of the authentication.
   */
  record Entry(@DefaultValue List<String> hosts, @DefaultValue("") String authentication) {}

  HttpTaskSettings toSettings() {
    List<HostAuthentication> all = new ArrayList<>();
    for (Entry each : authentications) {
      try {
        all.add(new HostAuthentication(each.hosts(), each.authentication()));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "http-tasks.authentications[%d].%s".formatted(all.size(), wrong.getMessage()), wrong);
      }
    }
    return new HttpTaskSettings(enabled, all, circuitBreaker);
  }
}
