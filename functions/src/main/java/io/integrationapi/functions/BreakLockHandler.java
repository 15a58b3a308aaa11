package io.integrationapi.functions;

import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.BreakLock;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.edge.OperatorAnswer;
import io.integrationapi.edge.OperatorHandler;
import io.integrationapi.edge.OperatorRequests;
import io.integrationapi.wiring.Components;

/** An operator ends a lock whose publisher is gone. */
public final class BreakLockHandler extends OperatorHandler<OperatorRequests.LockBreaking> {
  private final BreakLock breakLock;
  private final ClockAndRandom clockAndRandom;

  /** From the function's environment. */
  public BreakLockHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public BreakLockHandler(Components components) {
    super(components.metrics(), OperatorRequests::breakLock);
    this.breakLock = components.breakLock();
    this.clockAndRandom = components.clockAndRandom();
  }

  @Override
  protected OperatorAnswer answer(OperatorRequests.LockBreaking request, String requestId) {
    return OperatorAnswer.broken(
        request,
        breakLock.breakLock(
            request.id(), Authorship.begin(request.author(), requestId, clockAndRandom)));
  }
}
