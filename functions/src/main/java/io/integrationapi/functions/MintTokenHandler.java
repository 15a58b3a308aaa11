package io.integrationapi.functions;

import io.integrationapi.domain.access.MintToken;
import io.integrationapi.edge.OperatorAnswer;
import io.integrationapi.edge.OperatorHandler;
import io.integrationapi.edge.OperatorRequests;
import io.integrationapi.wiring.Components;

/** An operator mints a token, which is shown this once. */
public final class MintTokenHandler extends OperatorHandler<OperatorRequests.Minting> {
  private final MintToken mintToken;

  /** From the function's environment. */
  public MintTokenHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public MintTokenHandler(Components components) {
    super(components.metrics(), OperatorRequests::mint);
    this.mintToken = components.mintToken();
  }

  @Override
  protected OperatorAnswer answer(OperatorRequests.Minting request, String requestId) {
    return OperatorAnswer.minted(request, mintToken.mint(request.token()));
  }
}
