package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Fault;

/** The fault of a body that names another connector than the integration has. */
public final class OtherConnector {
  /** Says that the member cannot be changed. */
  public static final Fault FAULT = Member.CONNECTOR_ID.immutable();

  private OtherConnector() {}
}
