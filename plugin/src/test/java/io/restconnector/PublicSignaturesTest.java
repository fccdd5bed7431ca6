package io.restconnector;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an application can see is made of what it may use. */
@AnalyzeClasses(packages = "io.restconnector", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicSignaturesTest {

  /** Flowable's own extension interfaces and what their methods are given. */
  private static final Set<String> EXTENSION_POINTS =
      Set.of(
          "org.flowable.common.engine.impl.AbstractEngineConfiguration",
          "org.flowable.common.engine.impl.EngineConfigurator");

  @ArchTest
  static void noInternalTypeIsInAPublicSignature(JavaClasses classes) {
    assertThat(signatures(classes, "io\\.restconnector\\.(.*\\.)?internal\\..*")).isEmpty();
  }

  @ArchTest
  static void noTypeOfTheEnginesImplementationIsInAPublicSignature(JavaClasses classes) {
    assertThat(signatures(classes, "org\\.flowable\\..*\\.impl\\..*")).isEmpty();
  }

  /** Signatures outside {@code internal} that name such a type. */
  private static Set<String> signatures(JavaClasses classes, String type) {
    return classes.stream()
        .filter(PublicSignaturesTest::isSeen)
        .flatMap(PublicSignaturesTest::signatures)
        .filter(
            signature ->
                signature.types().stream()
                    .map(JavaClass::getFullName)
                    .anyMatch(name -> name.matches(type) && !EXTENSION_POINTS.contains(name)))
        .map(Signature::name)
        .collect(toCollection(TreeSet::new));
  }

  private record Signature(String name, Set<JavaClass> types) {}

  private static boolean isSeen(JavaClass type) {
    return isSeen(type.getModifiers())
        && !(type.getPackageName() + ".").contains(".internal.")
        && type.getEnclosingClass().map(PublicSignaturesTest::isSeen).orElse(true);
  }

  private static boolean isSeen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<Signature> signatures(JavaClass type) {
    List<JavaType> parents = new ArrayList<>(type.getInterfaces());
    type.getSuperclass().ifPresent(parents::add);
    return Stream.concat(
        Stream.of(new Signature(type.getFullName(), rawTypes(parents.stream()))),
        type.getMembers().stream()
            .filter(member -> isSeen(member.getModifiers()))
            .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
            .map(member -> new Signature(member.getFullName(), types(member))));
  }

  private static Set<JavaClass> types(JavaMember member) {
    if (member instanceof JavaCodeUnit method) {
      return rawTypes(
          Stream.of(
                  Stream.of(method.getReturnType()),
                  method.getParameterTypes().stream(),
                  method.getExceptionTypes().stream().map(JavaType.class::cast))
              .flatMap(types -> types));
    }
    return member.getAllInvolvedRawTypes();
  }

  private static Set<JavaClass> rawTypes(Stream<? extends JavaType> types) {
    return types
        .flatMap(each -> each.getAllInvolvedRawTypes().stream())
        .collect(toCollection(java.util.LinkedHashSet::new));
  }
}
