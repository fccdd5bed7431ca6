package io.restconnector.benchmarks;

import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Camunda's {@code http-json} connector function (Apache License 2.0), in this process and without
 * Camunda's runtime. It needs Java 21, so it is not compiled against: it and its libraries have a
 * class loader of their own.
 */
final class CamundaFunction {

  private static final String API = "io.camunda.connector.api.outbound.";

  private final Object function;
  private final Method execute;
  private final Class<?> context;
  private final Object mapper;
  private final Method read;

  /** What is used of its result. */
  record Result(int status, Map<?, ?> headers, Object body) {}

  private CamundaFunction(URLClassLoader loader) throws ReflectiveOperationException {
    function =
        loader
            .loadClass("io.camunda.connector.http.rest.HttpJsonFunction")
            .getConstructor()
            .newInstance();
    context = loader.loadClass(API + "OutboundConnectorContext");
    execute = loader.loadClass(API + "OutboundConnectorFunction").getMethod("execute", context);
    mapper =
        Objects.requireNonNull(
            loader
                .loadClass("io.camunda.connector.jackson.ConnectorsObjectMapperSupplier")
                .getMethod("getCopy")
                .invoke(null));
    read = mapper.getClass().getMethod("readValue", String.class, Class.class);
  }

  /**
   * That of a class path, null for none.
   *
   * @param classPath of the function and what it needs
   */
  static @Nullable CamundaFunction of(@Nullable String classPath) throws Exception {
    if (classPath == null) {
      return null;
    }
    URL[] urls =
        Arrays.stream(classPath.strip().split(File.pathSeparator))
            .map(CamundaFunction::url)
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    thread.setContextClassLoader(loader);
    try {
      return new CamundaFunction(loader);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  private static URL url(String file) {
    try {
      return new File(file).toURI().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** As its runtime does: the variables of the job become its request, for each job anew. */
  Result get(URI uri) {
    String variables = "{\"method\":\"GET\",\"url\":\"" + uri + "\"}";
    try {
      Object job =
          Proxy.newProxyInstance(
              context.getClassLoader(),
              List.of(context).toArray(Class<?>[]::new),
              (proxy, method, arguments) ->
                  method.getName().equals("bindVariables")
                      ? read.invoke(mapper, variables, arguments[0])
                      : null);
      Object result = execute.invoke(function, job);
      Class<?> type = result.getClass();
      return new Result(
          (Integer) type.getMethod("status").invoke(result),
          (Map<?, ?>) type.getMethod("headers").invoke(result),
          type.getMethod("body").invoke(result));
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
