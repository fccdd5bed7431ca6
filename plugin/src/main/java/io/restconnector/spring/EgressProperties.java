package io.restconnector.spring;

import io.restconnector.http.EgressSettings;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls of the REST connector may go.
 *
 * @param mode What neither list matches: standard denies link-local and cloud metadata addresses,
 *     strict all that is not public, listed everything.
 * @param allow Hosts, addresses and CIDR blocks that are allowed.
 * @param deny Hosts, addresses and CIDR blocks that are denied, whatever else allows them.
 */
record EgressProperties(
    @DefaultValue("standard") EgressSettings.Mode mode,
    @DefaultValue List<String> allow,
    @DefaultValue List<String> deny) {

  EgressSettings toSettings() {
    return new EgressSettings(mode, allow, deny);
  }
}
