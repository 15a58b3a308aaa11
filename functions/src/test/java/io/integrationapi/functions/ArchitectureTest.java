package io.integrationapi.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the rooms: functions → edge, wiring, domain; edge, store → domain → nothing;
 * and in the domain: history → integration; integration → access, invocation, json; access →
 * invocation, json.
 */
class ArchitectureTest {
  private static final String DOMAIN = "io.integrationapi.domain..";
  private static final String JSON = "io.integrationapi.domain.json..";
  private static final String INVOCATION = "io.integrationapi.domain.invocation..";
  private static final String ACCESS = "io.integrationapi.domain.access..";
  private static final String INTEGRATION = "io.integrationapi.domain.integration..";
  private static final String HISTORY = "io.integrationapi.domain.history..";
  private static final String ROLLOUT = "io.integrationapi.domain.rollout..";
  private static final String EDGE = "io.integrationapi.edge..";
  private static final String STORE = "io.integrationapi.store..";
  private static final String DEPLOYMENT = "io.integrationapi.deployment..";
  private static final String WIRING = "io.integrationapi.wiring..";
  private static final String FUNCTIONS = "io.integrationapi.functions..";
  private static final String JAVA = "java..";
  private static final String ANNOTATIONS = "org.jspecify..";
  private static final String JSON_TREE = "tools.jackson..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.integrationapi");

  @Test
  void domain_knows_java_and_the_json_tree() {
    classes()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(DOMAIN, JAVA, ANNOTATIONS, JSON_TREE)
        .check(CLASSES);
  }

  @Test
  void json_invocation_and_rollout_know_no_other_room() {
    only(JSON, JSON);
    only(INVOCATION, INVOCATION);
    only(ROLLOUT, ROLLOUT);
  }

  @Test
  void access_knows_json_and_invocation() {
    only(ACCESS, ACCESS, INVOCATION, JSON);
  }

  @Test
  void integration_knows_access_json_and_invocation() {
    only(INTEGRATION, INTEGRATION, ACCESS, INVOCATION, JSON);
  }

  @Test
  void history_knows_integration_and_what_that_knows() {
    only(HISTORY, HISTORY, INTEGRATION, ACCESS, INVOCATION, JSON);
  }

  @Test
  void no_class_of_the_domain_stands_outside_its_rooms() {
    noClasses().should().resideInAPackage("io.integrationapi.domain").check(CLASSES);
  }

  /** Of the domain the room knows only these rooms. */
  private static void only(String room, String... known) {
    String[] allowed = Arrays.copyOf(known, known.length + 3);
    allowed[known.length] = JAVA;
    allowed[known.length + 1] = ANNOTATIONS;
    allowed[known.length + 2] = JSON_TREE;
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CLASSES);
  }

  @Test
  void edge_knows_the_domain_and_lambda() {
    classes()
        .that()
        .resideInAPackage(EDGE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            EDGE,
            DOMAIN,
            JAVA,
            ANNOTATIONS,
            JSON_TREE,
            "com.amazonaws.services.lambda..",
            "org.crac..")
        .check(CLASSES);
  }

  @Test
  void store_knows_the_domain_and_the_sdk() {
    classes()
        .that()
        .resideInAPackage(STORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(STORE, DOMAIN, JAVA, ANNOTATIONS, JSON_TREE, "software.amazon.awssdk..")
        .check(CLASSES);
  }

  @Test
  void deployment_knows_the_domain_and_the_sdks_core() {
    classes()
        .that()
        .resideInAPackage(DEPLOYMENT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            DEPLOYMENT,
            DOMAIN,
            JAVA,
            ANNOTATIONS,
            JSON_TREE,
            "software.amazon.awssdk.http..",
            "software.amazon.awssdk.identity..",
            "software.amazon.awssdk.auth..")
        .check(CLASSES);
  }

  @Test
  void only_the_store_knows_dynamodb() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            STORE, DEPLOYMENT, WIRING, "io.integrationapi.local..", "io.integrationapi.testing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(CLASSES);
  }

  @Test
  void handlers_name_no_event_no_json_node_and_no_store() {
    classes()
        .that()
        .resideInAPackage(FUNCTIONS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(FUNCTIONS, EDGE, DOMAIN, WIRING, JAVA, ANNOTATIONS)
        .check(CLASSES);
  }

  @Test
  void nothing_that_deploys_knows_the_laptop_or_the_tests() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN, EDGE, STORE, DEPLOYMENT, WIRING, FUNCTIONS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.integrationapi.local..", "io.integrationapi.testing..")
        .check(CLASSES);
  }
}
