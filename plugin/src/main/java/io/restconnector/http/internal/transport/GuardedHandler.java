package io.restconnector.http.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no Error out to the I/O thread, nor an exception where the thread does not expect one:
 * either would end the thread, and with it every call of the client. Only the connection at hand
 * ends.
 *
 * @param handler of one connection
 */
record GuardedHandler(IOEventHandler handler) implements IOEventHandler {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedHandler.class);

  @Override
  public void connected(IOSession session) throws IOException {
    try {
      handler.connected(session);
    } catch (Error error) {
      throw new ErrorOnIoThreadException(error);
    }
  }

  @Override
  public void inputReady(IOSession session, ByteBuffer data) throws IOException {
    try {
      handler.inputReady(session, data);
    } catch (Error error) {
      throw new ErrorOnIoThreadException(error);
    }
  }

  @Override
  public void outputReady(IOSession session) throws IOException {
    try {
      handler.outputReady(session);
    } catch (Error error) {
      throw new ErrorOnIoThreadException(error);
    }
  }

  @Override
  public void timeout(IOSession session, Timeout timeout) throws IOException {
    try {
      handler.timeout(session, timeout);
    } catch (Error error) {
      throw new ErrorOnIoThreadException(error);
    }
  }

  @Override
  public void exception(IOSession session, Exception cause) {
    try {
      handler.exception(session, cause);
    } catch (RuntimeException | Error failed) {
      tell(failed);
    }
  }

  @Override
  public void disconnected(IOSession session) {
    try {
      handler.disconnected(session);
    } catch (RuntimeException | Error failed) {
      tell(failed);
    }
  }

  private static void tell(Throwable failed) {
    LOG.warn("The end of a connection met {}", failed.getClass().getName());
  }
}
