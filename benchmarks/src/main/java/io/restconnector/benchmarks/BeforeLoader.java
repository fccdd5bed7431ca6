package io.restconnector.benchmarks;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Loads the connector of a commit before, and the libraries from where they are. */
final class BeforeLoader extends URLClassLoader {

  BeforeLoader(URL... classes) {
    super(classes, BeforeLoader.class.getClassLoader());
  }

  /** Those of a module of a checkout. */
  static URL classes(Path checkout, String module) throws MalformedURLException {
    return checkout.resolve(module).resolve("target/classes").toUri().toURL();
  }

  /** Those of this module as it is now. */
  static URL ownClasses() {
    return BeforeLoader.class.getProtectionDomain().getCodeSource().getLocation();
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
