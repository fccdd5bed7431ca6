package io.restconnector.benchmarks;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls to one URL by the connector's client, whichever class loader that comes from. */
public final class ConnectorCalls implements Callable<Object>, AutoCloseable {

  private final RestClient client = new RestClient(HttpSettings.defaults());
  private final URI uri;

  public ConnectorCalls(URI uri) {
    this.uri = uri;
  }

  @Override
  @SuppressWarnings("NullAway") // javac 17 does not read an array's annotation from a class file
  public Object call() throws Exception {
    CallOutcome outcome =
        client
            .send(new RestRequest("GET", uri, List.of(), null, Duration.ofSeconds(30), false))
            .get();
    if (!(outcome instanceof CallOutcome.Response)) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }

  @Override
  public void close() {
    client.close();
  }
}
