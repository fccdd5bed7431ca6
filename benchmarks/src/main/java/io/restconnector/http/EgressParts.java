package io.restconnector.http;

import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.egress.EgressGuard;
import org.apache.hc.client5.http.DnsResolver;

/** What the client keeps to itself, for a benchmark that takes it apart. */
public final class EgressParts {

  private EgressParts() {}

  /** The guard around a resolver, as the client has it. */
  @SuppressWarnings("NullAway") // null stands for no proxy
  public static DnsResolver guard(EgressSettings settings, DnsResolver resolver) {
    return new EgressGuard(settings, null, resolver);
  }

  /** A client whose guard looks names up with this resolver. */
  public static RestClient client(HttpSettings settings, DnsResolver resolver) {
    return new RestClient(settings, resolver);
  }
}
