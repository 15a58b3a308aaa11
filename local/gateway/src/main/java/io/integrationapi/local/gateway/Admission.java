package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.GatewayResponseType;
import java.util.Optional;

/** Whether a request may go on to its function. */
sealed interface Admission {

  /** It may. There is an identity if an authorizer was asked. */
  record Admitted(Optional<Identity> identity) implements Admission {}

  /** It may not, and this is the answer. */
  record Refused(GatewayResponseType type) implements Admission {}
}
