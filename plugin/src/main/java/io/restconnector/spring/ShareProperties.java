package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.ShareSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of this node to some hosts may use together.
 *
 * @param hosts Hosts that the share is of.
 * @param maxInFlight Calls that are under way at the same time.
 * @param requestsPerSecond Calls that begin in a second, evenly spaced.
 */
record ShareProperties(
    @Nullable List<String> hosts,
    @Nullable Integer maxInFlight,
    @Nullable Double requestsPerSecond) {

  @SuppressWarnings("NullAway") // the settings say what is missing
  ShareSettings toSettings(String property) {
    try {
      return new ShareSettings(hosts, maxInFlight, requestsPerSecond);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(property + ": " + wrong.getMessage());
    }
  }
}
