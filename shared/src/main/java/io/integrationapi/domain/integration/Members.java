package io.integrationapi.domain.integration;

import java.util.Set;

/** The members that contract section 2 names; every other one belongs to the configuration. */
final class Members {
  static final String ID = "_id";
  static final String LAST_MODIFIED = "lastModified";
  static final String CREATED_AT = "createdAt";
  static final String SOURCE_ID = "_sourceId";
  static final String CONNECTOR_ID = "_connectorId";
  static final String NAME = "name";
  static final String DESCRIPTION = "description";
  static final String README = "readme";
  static final String SETTINGS = "settings";
  static final String MODE = "mode";
  static final String VERSION = "version";
  static final String UPDATE_IN_PROGRESS = "updateInProgress";
  static final String INSTALL = "install";
  static final String COMPLETED = "completed";
  static final String CONNECTION_ID = "_connectionId";

  /** Written by the server; what a body says of them is ignored. */
  static final Set<String> SERVERS = Set.of(ID, LAST_MODIFIED, CREATED_AT, SOURCE_ID);

  /** Written by the publisher. */
  static final Set<String> PUBLISHERS = Set.of(MODE, VERSION, UPDATE_IN_PROGRESS, INSTALL);

  private static final Set<String> LABELS = Set.of(NAME, DESCRIPTION, README);

  private Members() {}

  /** Whether it is {@code settings} or any other member, which a managed update locks. */
  static boolean isConfiguration(String name) {
    return !SERVERS.contains(name)
        && !PUBLISHERS.contains(name)
        && !LABELS.contains(name)
        && !name.equals(CONNECTOR_ID);
  }
}
