package chatops.execution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
    packages = "chatops.execution",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "chatops.execution";

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("chatops.execution.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule adapters_do_not_know_who_wires_them = noClasses()
      .that()
      .resideInAnyPackage(
          ROOT + ".aliyun",
          ROOT + ".sts",
          ROOT + ".sqlite",
          ROOT + ".tablestore",
          ROOT + ".config",
          ROOT + ".notify")
      .should()
      .dependOnClassesThat()
      .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule stores_notices_and_the_cloud_do_not_know_each_other = slices()
      .matching("chatops.execution.(sqlite|tablestore|notify|config)..")
      .should()
      .notDependOnEachOther();

  @ArchTest
  static final ArchRule adapters_know_the_engines_ports_not_its_workings = noClasses()
      .that()
      .resideInAnyPackage(
          ROOT + ".aliyun", ROOT + ".sts", ROOT + ".sqlite", ROOT + ".tablestore", ROOT + ".notify")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "chatops.engine.run..", "chatops.engine.action..", "chatops.engine.execution..");

  @ArchTest
  static final ArchRule the_cloud_sdk_stays_behind_the_cloud_port = noClasses()
      .that()
      .resideOutsideOfPackage(ROOT + ".aliyun")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("com.aliyuncs..");

  @ArchTest
  static final ArchRule time_is_given = noClasses()
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .dependOnClassesThat()
      .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule only_the_wiring_makes_the_system_clock = noClasses()
      .that()
      .doNotHaveFullyQualifiedName(ROOT + ".Wiring")
      .should()
      .callMethod(java.time.InstantSource.class, "system");

  @ArchTest
  static final ArchRule the_main_classes_are_final = classes()
      .that()
      .resideInAPackage(ROOT + "..")
      .and()
      .areNotInterfaces()
      .and()
      .areTopLevelClasses()
      .should()
      .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
