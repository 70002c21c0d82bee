package chatops.front;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "chatops.front", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule front_knows_no_engine_no_heavy_library_and_no_http_client_of_others =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "chatops.engine..",
              "chatops.execution..",
              "com.fasterxml..",
              "org.snakeyaml..",
              "net.thisptr..",
              "com.aliyuncs..",
              "com.slack..",
              "org.slf4j..",
              "java.util.logging..",
              "java.net.http..",
              "java.sql..");

  @ArchTest
  static final ArchRule slack_and_dingtalk_do_not_see_each_other_one_way = noClasses()
      .that()
      .resideInAPackage("..slack..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("..dingtalk..");

  @ArchTest
  static final ArchRule slack_and_dingtalk_do_not_see_each_other_the_other_way = noClasses()
      .that()
      .resideInAPackage("..dingtalk..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("..slack..");

  @ArchTest
  static final ArchRule the_platform_of_functions_is_known_to_the_handler_alone = noClasses()
      .that()
      .resideInAPackage("chatops.front.*..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.aliyun..", "chatops.fc2..");

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("chatops.front.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule time_is_given = noClasses()
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis");
}
