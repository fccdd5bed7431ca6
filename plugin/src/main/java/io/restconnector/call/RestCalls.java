package io.restconnector.call;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * What one engine makes its calls with.
 *
 * @param reader of inputs
 * @param client shared by all processes of the engine
 * @param idempotencyKeys whether requests of jobs have one
 */
public record RestCalls(RequestReader reader, RestClient client, boolean idempotencyKeys)
    implements AutoCloseable {

  /** Where a delegate finds the calls of the engine that executes it. */
  public interface Holder {
    /** Null as long as the engine is not configured, and in an engine of another kind. */
    @Nullable RestCalls calls();
  }

  public RestCalls(HttpSettings settings, boolean idempotencyKeys) {
    this(new RequestReader(settings), new RestClient(settings), idempotencyKeys);
  }

  @Override
  public void close() {
    client.close();
  }
}
