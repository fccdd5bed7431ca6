package io.restconnector.webhook;

import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.platform.JettyContext;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A servlet container that has the endpoint, as one writes it by hand, on loopback. */
public enum Container {
  TOMCAT {
    @Override
    public Running start(Servlet servlet, List<Filter> filters, Path directory) throws Exception {
      LoopbackTomcat tomcat = new LoopbackTomcat(directory);
      tomcat.tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
      Tomcat.addServlet(tomcat.context, "webhooks", servlet);
      tomcat.context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
      for (Filter filter : filters) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter" + tomcat.context.findFilterDefs().length);
        definition.setFilter(filter);
        definition.setAsyncSupported("false"); // it is true for one that is added by hand
        tomcat.context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(definition.getFilterName());
        mapping.addURLPattern("/*");
        tomcat.context.addFilterMap(mapping);
      }
      tomcat.start();
      return new Running(tomcat.port(), tomcat::close);
    }
  },
  JETTY {
    @Override
    public Running start(Servlet servlet, List<Filter> filters, Path directory) throws Exception {
      Server server = new Server(new QueuedThreadPool(THREADS));
      ServerConnector connector = new ServerConnector(server, 1, 1);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(JettyContext.of(servlet, "/rest-connector/events/*", filters));
      server.start();
      return new Running(connector.getLocalPort(), server::stop);
    }
  };

  static final int THREADS = 20;

  interface Stop {
    void run() throws Exception;
  }

  public record Running(int port, Stop stop) implements AutoCloseable {
    @Override
    public void close() {
      try {
        stop.run();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  /**
   * Starts a container that serves the servlet.
   *
   * @param filters without support for asynchronous requests
   */
  public abstract Running start(Servlet servlet, List<Filter> filters, Path directory)
      throws Exception;
}
