package io.integrationapi.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 2, for the {@link Model}: which member is whose, and which values it has. */
final class ModelDocument {
  static final int MAX_BYTES = 350_000;
  static final int MAX_DEPTH = 100;

  static final Set<String> SERVERS = Set.of("_id", "createdAt", "lastModified", "_sourceId");
  static final Set<String> LABELS = Set.of("name", "description", "readme");
  static final Set<String> PUBLISHERS = Set.of("mode", "version", "updateInProgress", "install");

  /** The seed's examples give the order of most; where they are silent it is the product's. */
  private static final List<String> ORDER =
      List.of(
          "_id",
          "lastModified",
          "name",
          "readme",
          "_connectorId",
          "install",
          "mode",
          "settings",
          "version",
          "updateInProgress",
          "description",
          "createdAt",
          "_sourceId");

  private static final List<String> STEP_TEXTS =
      List.of(
          "name",
          "description",
          "imageURL",
          "installURL",
          "installerFunction",
          "uninstallerFunction",
          "_connectionId");

  private ModelDocument() {}

  /** What the lock holds still. */
  static boolean isLocked(String member) {
    return !SERVERS.contains(member)
        && !LABELS.contains(member)
        && !PUBLISHERS.contains(member)
        && !member.equals("_connectorId");
  }

  /** Each member of a draft that has a wrong value, or none where one is required. */
  static void judge(ObjectNode draft, boolean byPublisher, Expected expected) {
    JsonNode name = draft.path("name");
    if (isAbsent(name)) {
      expected.refuse(422, "missing_required_field", "name");
    } else if (!isName(name)) {
      expected.refuse(422, "invalid_field", "name");
    }
    expect(draft, "description", JsonNode::isString, expected);
    expect(draft, "readme", JsonNode::isString, expected);
    expect(draft, "settings", JsonNode::isObject, expected);
    expect(draft, "_connectorId", JsonNode::isString, expected);
    if (byPublisher) {
      expect(draft, "mode", ModelDocument::isMode, expected);
      expect(draft, "version", JsonNode::isString, expected);
      expect(draft, "updateInProgress", JsonNode::isBoolean, expected);
      expect(draft, "install", JsonNode::isArray, expected);
      judgeSteps(draft.path("install"), expected);
    }
  }

  private static void judgeSteps(JsonNode install, Expected expected) {
    for (int i = 0; install.isArray() && i < install.size(); i++) {
      JsonNode step = install.path(i);
      String place = "install[" + i + "]";
      if (!step.isObject()) {
        expected.refuse(422, "invalid_field", place);
      }
      for (String text : STEP_TEXTS) {
        if (!isAbsent(step.path(text)) && !step.path(text).isString()) {
          expected.refuse(422, "invalid_field", place + "." + text);
        }
      }
      if (!isAbsent(step.path("completed")) && !step.path("completed").isBoolean()) {
        expected.refuse(422, "invalid_field", place + ".completed");
      }
    }
  }

  private interface Rule {
    boolean allows(JsonNode value);
  }

  private static void expect(ObjectNode draft, String member, Rule rule, Expected expected) {
    JsonNode value = draft.path(member);
    if (!isAbsent(value) && !rule.allows(value)) {
      expected.refuse(422, "invalid_field", member);
    }
  }

  static boolean isName(JsonNode name) {
    return name.isString()
        && !name.stringValue().isEmpty()
        && name.stringValue().codePoints().count() <= 200;
  }

  private static boolean isMode(JsonNode mode) {
    return mode.isString()
        && Set.of("install", "settings", "uninstall").contains(mode.stringValue());
  }

  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /**
   * The document after a write: what the caller writes comes from the draft, the rest from before.
   */
  static ObjectNode written(@Nullable ObjectNode before, ObjectNode draft, boolean byPublisher) {
    ObjectNode old = before == null ? ModelJson.object() : before;
    ObjectNode members = ModelJson.object();
    for (var member : draft.properties()) {
      boolean callers = byPublisher || !PUBLISHERS.contains(member.getKey());
      if (callers && !SERVERS.contains(member.getKey()) && !member.getValue().isNull()) {
        members.set(member.getKey(), member.getValue());
      }
    }
    List<String> kept = new ArrayList<>(SERVERS);
    if (before != null) {
      kept.add("_connectorId");
      kept.addAll(byPublisher ? Set.of("mode", "updateInProgress") : PUBLISHERS);
    }
    for (String member : kept) {
      boolean omitted = !members.has(member);
      if (omitted && old.has(member)) {
        members.set(member, old.path(member));
      }
    }
    if (before != null && !before.has("_connectorId")) {
      members.remove("_connectorId");
    }
    return arranged(members);
  }

  static ObjectNode arranged(ObjectNode members) {
    ObjectNode arranged = ModelJson.object();
    for (String member : ORDER) {
      if (members.has(member)) {
        arranged.set(member, members.path(member));
      }
    }
    members.forEachEntry((member, value) -> {
      if (!arranged.has(member)) {
        arranged.set(member, value);
      }
    });
    return arranged;
  }

  /** Whether a write leaves the locked part equal, as JSON values. */
  static boolean leavesLockedPart(ObjectNode before, ObjectNode after) {
    return ModelJson.equal(lockedPart(before), lockedPart(after));
  }

  private static ObjectNode lockedPart(ObjectNode document) {
    ObjectNode part = ModelJson.object();
    document.forEachEntry((member, value) -> {
      if (isLocked(member)) {
        part.set(member, value);
      }
    });
    return part;
  }
}
