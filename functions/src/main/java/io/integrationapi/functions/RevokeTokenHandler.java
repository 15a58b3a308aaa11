package io.integrationapi.functions;

import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.edge.OperatorAnswer;
import io.integrationapi.edge.OperatorHandler;
import io.integrationapi.edge.OperatorRequests;
import io.integrationapi.wiring.Components;
import java.time.InstantSource;

/** An operator revokes a token; it is refused as soon as API Gateway asks about it again. */
public final class RevokeTokenHandler extends OperatorHandler<OperatorRequests.Revocation> {
  private final TokenRepository tokens;
  private final InstantSource clock;

  /** From the function's environment. */
  public RevokeTokenHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public RevokeTokenHandler(Components components) {
    super(components.metrics(), OperatorRequests::revoke);
    this.tokens = components.tokens();
    this.clock = components.clock();
  }

  @Override
  protected OperatorAnswer answer(OperatorRequests.Revocation request, String requestId) {
    return OperatorAnswer.revoked(request, tokens.revoke(request.hash(), clock.instant()));
  }
}
