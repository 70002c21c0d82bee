package chatops.cloudsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses module = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("chatops.cloudsim");

  @Test
  void the_simulator_knows_no_other_module_of_ours() {
    noClasses()
        .should()
        .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
            "are ours but not the simulator's",
            type -> type.getPackageName().startsWith("chatops.")
                && !type.getPackageName().startsWith("chatops.cloudsim")))
        .check(module);
  }

  @Test
  void its_packages_form_no_cycle() {
    slices().matching("chatops.cloudsim.(*)..").should().beFreeOfCycles().check(module);
  }

  @Test
  void services_are_played_without_a_transport() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..cloud..",
            "..ecs..",
            "..ess..",
            "..mns..",
            "..eventbridge..",
            "..assistant..",
            "..oss..",
            "..sts..",
            "..identity..",
            "..fc..",
            "..clock..",
            "..seed..")
        .and()
        .resideOutsideOfPackages(
            "..cloudsim",
            "..http..",
            "..door..",
            "..signature..",
            "..slack..",
            "..dingtalk..",
            "..tablestore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "chatops.cloudsim.http..", "chatops.cloudsim.door..", "org.eclipse.jetty..")
        .check(module);
  }

  @Test
  void only_the_http_package_touches_the_web_server_library() {
    noClasses()
        .that()
        .resideOutsideOfPackage("chatops.cloudsim.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(module);
  }

  @Test
  void time_comes_from_the_given_clock() {
    noClasses()
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(module);
  }
}
