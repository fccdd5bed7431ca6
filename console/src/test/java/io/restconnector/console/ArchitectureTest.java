package io.restconnector.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.restconnector.console",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NOTHING_INTERNAL_IS_USED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.restconnector..internal..", "org.flowable..impl..");

  @ArchTest
  static final ArchRule SPRING_IS_USED_BY_WHAT_SPRING_CALLS =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("AutoConfiguration")
          .and()
          .haveNameNotMatching(".*CsrfHeader.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");
}
