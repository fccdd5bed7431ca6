package io.restconnector.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.restconnector.testing",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NOTHING_INTERNAL_IS_USED =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.restconnector..internal..");

  @ArchTest
  static final ArchRule SPRING_IS_USED_BY_WHAT_SPRING_CALLS =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("Customizer")
          .and()
          .haveSimpleNameNotEndingWith("TestExecutionListener")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");
}
