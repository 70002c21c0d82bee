package chatops.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "chatops.chat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule chat_core_is_jdk_only = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..", "javax.crypto..", "javax.net..", "chatops.chat..", "org.jspecify..");

  @ArchTest
  static final ArchRule no_http_client_logging_or_regex_on_the_cold_path = noClasses()
      .that()
      // forms are off that path, and templates have patterns
      .resideOutsideOfPackage("chatops.chat.form..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "java.net.http..", "java.util.logging..", "java.util.regex..", "java.util.stream..");

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("chatops.chat.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule time_is_given = noClasses()
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis");
}
