package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code docs/deployer-policy.json} lets somebody deploy the template and do nothing else.
 *
 * <p>{@code deployed-types.json} lists the types of the template as SAM transforms it, each with
 * the actions that CloudFormation needs in the deployer's name; they were chosen from the handlers
 * in CloudFormation's resource schemas. That the list has all types is held by {@code
 * .ci/deployed-types}, which runs the transform.
 */
class DeployerPolicyTest {
  /** What IAM takes as the policies of one role, white space not counted. */
  private static final int MAX_INLINE = 10_240;

  /** Actions that IAM knows no resource for, or that look for one. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of(
          "backup-storage:MountCapsule",
          "cloudformation:GetTemplateSummary",
          "kms:ListAliases",
          "lambda:CreateEventSourceMapping");

  /** What SAM itself does, before CloudFormation begins. */
  private static final Set<String> OF_SAM = Set.of("cloudformation", "s3");

  private static final JsonNode POLICY = read("docs/deployer-policy.json");
  private static final JsonNode TYPES = read("functions/src/test/resources/deployed-types.json");

  @Test
  void every_type_of_the_template_is_listed() throws IOException {
    Set<String> types =
        Pattern.compile("^    Type: (AWS::\\S+)$", Pattern.MULTILINE)
            .matcher(Files.readString(TestStore.root().resolve("template.yaml")))
            .results()
            .map(found -> found.group(1))
            .filter(type -> !type.startsWith("AWS::Serverless::"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertFalse(types.isEmpty());
    types.removeAll(Set.copyOf(TYPES.propertyNames()));
    assertEquals(Set.of(), types);
  }

  @Test
  void deployer_may_do_what_each_type_needs() {
    Set<String> missing =
        TYPES.values().stream()
            .flatMap(actions -> actions.values().stream().map(JsonNode::asString))
            .collect(Collectors.toCollection(TreeSet::new));

    missing.removeAll(allowed());

    assertEquals(Set.of(), missing);
  }

  @Test
  void deployer_may_do_nothing_that_no_type_needs() {
    Set<String> needed =
        TYPES.values().stream()
            .flatMap(actions -> actions.values().stream().map(JsonNode::asString))
            .collect(Collectors.toSet());

    Set<String> excess =
        allowed().stream()
            .filter(action -> !OF_SAM.contains(action.split(":", 2)[0]))
            .filter(action -> !needed.contains(action))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), excess);
  }

  @Test
  void no_action_is_a_pattern_and_hardly_any_is_for_everything() {
    for (JsonNode statement : POLICY.path("Statement").values()) {
      for (JsonNode action : statement.path("Action").values()) {
        assertFalse(action.asString().contains("*"), action::asString);
        if (statement.path("Resource").isString()) {
          assertEquals("*", statement.path("Resource").asString());
          assertTrue(WITHOUT_RESOURCE.contains(action.asString()), action::asString);
        }
      }
    }
  }

  /** Whoever may give any role any policy may do everything. */
  @Test
  void roles_are_the_stacks_and_get_only_the_policies_that_sam_gives() {
    for (JsonNode statement : POLICY.path("Statement").values()) {
      boolean grants =
          statement.path("Action").values().stream()
              .map(JsonNode::asString)
              .anyMatch(action -> action.startsWith("iam:"));
      if (grants) {
        for (JsonNode resource : statement.path("Resource").values()) {
          assertEquals("arn:aws:iam::${Account}:role/${Stack}-*", resource.asString());
        }
      }
    }
    assertTrue(condition("iam:AttachRolePolicy").has("ArnEquals"));
    assertTrue(condition("iam:PassRole").has("StringEquals"));
  }

  @Test
  void policy_fits_into_a_role() {
    int length = JsonText.write(POLICY).replaceAll("\\s", "").length();

    assertTrue(length <= MAX_INLINE, () -> length + " characters");
  }

  private static JsonNode condition(String action) {
    return statements()
        .filter(statement ->
            statement.path("Action").values().stream().anyMatch(it -> it.asString().equals(action)))
        .findFirst()
        .orElseThrow()
        .path("Condition");
  }

  private static Set<String> allowed() {
    return statements()
        .flatMap(statement -> statement.path("Action").values().stream())
        .map(JsonNode::asString)
        .collect(Collectors.toSet());
  }

  private static Stream<JsonNode> statements() {
    return POLICY.path("Statement").values().stream();
  }

  private static JsonNode read(String file) {
    Path path = TestStore.root().resolve(file);
    try {
      return JsonText.readTrusted(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
