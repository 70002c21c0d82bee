package chatops.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "chatops.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("chatops.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobody_asks_the_wall_clock = noClasses()
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule the_language_does_not_know_the_engine = noClasses()
      .that()
      .resideInAnyPackage("..template..", "..expression..", "..jq..", "..catalog..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("..run..", "..action..", "..execution..", "..store..", "..cloud..");

  @ArchTest
  static final ArchRule actions_touch_no_store_and_no_network = noClasses()
      .that()
      .resideInAPackage("..action..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("..store..", "..run..", "java.net.http..");

  @ArchTest
  static final ArchRule the_engine_starts_no_threads_and_does_not_sleep = noClasses()
      .should()
      .callMethod(Thread.class, "sleep", long.class)
      .orShould()
      .callMethod(Thread.class, "start");

  @ArchTest
  static final ArchRule the_parts_do_not_know_the_facade = noClasses()
      .that()
      .resideOutsideOfPackage("chatops.engine")
      .should()
      .dependOnClassesThat()
      .haveFullyQualifiedName("chatops.engine.Engine");
}
