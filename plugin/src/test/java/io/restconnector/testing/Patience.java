package io.restconnector.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every wait of a test be long: on a busy machine, what takes long is not yet wrong.
 *
 * <p>A race that the engine's executor loses ends one of its threads with an exception, and the
 * engine tries again. Awaitility would fail whichever test waits at that moment.
 */
public final class Patience implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
