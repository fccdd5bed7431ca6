package io.restconnector.benchmarks;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One GET, from the building of the request to the bytes of the response, by a caller that waits.
 *
 * <p>The bare clients have all switched off that the connector switches off, the same pool and the
 * same number of I/O threads: what is left is the cost of the connector's own deadline, size limit,
 * redirect rules and breaker.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClientBenchmark {

  private static final int CONNECTIONS = 50;
  private static final int IO_THREADS = 2;

  /** The connector's client at its defaults. */
  @State(Scope.Benchmark)
  public static class Connector extends Server {
    final RestClient client = new RestClient(HttpSettings.defaults());

    @SuppressWarnings("NullAway") // javac 17 does not read an array's annotation from a class file
    CallOutcome get(boolean circuitBreaker) throws Exception {
      return client
          .send(
              new RestRequest("GET", uri, List.of(), null, Duration.ofSeconds(30), circuitBreaker))
          .get();
    }

    @TearDown
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** HttpClient's async API, bare. */
  @State(Scope.Benchmark)
  public static class BareAsync extends Server {
    final CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();

    public BareAsync() {
      client.start();
    }

    @TearDown
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** HttpClient's classic API, bare. */
  @State(Scope.Benchmark)
  public static class BareClassic extends Server {
    final CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();

    @TearDown
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** What each client calls. */
  public abstract static class Server {
    final LoopbackServer server = new LoopbackServer();
    final URI uri = server.uri();
  }

  @Benchmark
  public SimpleHttpResponse bareAsync(BareAsync bare) throws Exception {
    return bare.client.execute(SimpleRequestBuilder.get(bare.uri).build(), null).get();
  }

  @Benchmark
  public byte[] bareClassic(BareClassic bare) throws IOException {
    return bare.client.execute(
        new HttpGet(bare.uri), response -> EntityUtils.toByteArray(response.getEntity()));
  }

  @Benchmark
  public CallOutcome connector(Connector connector) throws Exception {
    return connector.get(false);
  }

  @Benchmark
  public CallOutcome connectorWithBreaker(Connector connector) throws Exception {
    return connector.get(true);
  }
}
