package io.restconnector.testing;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with one context at the root, on a free port of the loopback address only. */
public final class LoopbackTomcat implements AutoCloseable {

  public final Tomcat tomcat = new Tomcat();
  public final Context context;

  /**
   * @param directory for what Tomcat writes
   */
  public LoopbackTomcat(Path directory) {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    context = tomcat.addContext("", null);
  }

  public void start() throws LifecycleException {
    tomcat.start();
  }

  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
