package io.restconnector.testing;

import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;

/** Where a test class of Spring keeps its extension. */
final class SpringTestFields {

  private SpringTestFields() {}

  /**
   * That of the class, of a parent, of an interface, or of the class around it; null for none.
   *
   * @throws IllegalStateException when the field is not static: the application context would be
   *     without stubs, and its calls would open connections
   */
  static @Nullable RestConnectorExtension find(Class<?> testClass) {
    for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
      refuseInstanceFields(each);
      List<RestConnectorExtension> found =
          AnnotationSupport.findAnnotatedFieldValues(
              each, RegisterExtension.class, RestConnectorExtension.class);
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    return null;
  }

  private static void refuseInstanceFields(Class<?> type) {
    AnnotationSupport.findAnnotatedFields(
            type,
            RegisterExtension.class,
            field ->
                field.getType() == RestConnectorExtension.class
                    && !Modifier.isStatic(field.getModifiers()))
        .forEach(
            field -> {
              throw new IllegalStateException(
                  "The field '%s' of %s must be static in a test of Spring"
                      .formatted(field.getName(), field.getDeclaringClass().getSimpleName()));
            });
  }
}
