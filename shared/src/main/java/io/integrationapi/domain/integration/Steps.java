package io.integrationapi.domain.integration;

import java.util.List;

/** The members of an installation step that contract section 2 names. */
final class Steps {
  static final String COMPLETED = "completed";
  static final String CONNECTION_ID = "_connectionId";

  static final List<String> TEXTS =
      List.of(
          "name",
          "description",
          "imageURL",
          "installURL",
          "installerFunction",
          "uninstallerFunction",
          CONNECTION_ID);

  private Steps() {}
}
