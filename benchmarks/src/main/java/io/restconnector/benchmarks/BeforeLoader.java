package io.restconnector.benchmarks;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Loads the connector of a commit before, and the libraries from where they are. */
final class BeforeLoader extends URLClassLoader {

  private BeforeLoader(URL... classes) {
    super(classes, BeforeLoader.class.getClassLoader());
  }

  /** The connector and the benchmarks of a checkout that is compiled. */
  static BeforeLoader all(Path checkout) throws MalformedURLException {
    return new BeforeLoader(classes(checkout, "plugin"), classes(checkout, "benchmarks"));
  }

  /** The connector of a checkout that is compiled, with the benchmarks of today. */
  static BeforeLoader connector(Path checkout) throws MalformedURLException {
    return new BeforeLoader(
        classes(checkout, "plugin"),
        BeforeLoader.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static URL classes(Path checkout, String module) throws MalformedURLException {
    return checkout.resolve(module).resolve("target/classes").toUri().toURL();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.restconnector.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
