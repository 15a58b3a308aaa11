package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;

/** The fault of a body that names another connector than the integration has. */
public final class OtherConnector {
  /** Says that the member cannot be changed. */
  public static final Fault FAULT =
      new Fault(
          FaultCode.IMMUTABLE_FIELD,
          "_connectorId can be set only when the integration is created.",
          Member.CONNECTOR_ID.key());

  private OtherConnector() {}
}
