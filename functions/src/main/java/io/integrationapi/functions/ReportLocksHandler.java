package io.integrationapi.functions;

import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.edge.EmbeddedMetrics;
import io.integrationapi.edge.OperatorAnswer;
import io.integrationapi.edge.OperatorHandler;
import io.integrationapi.edge.OperatorRequests;
import io.integrationapi.wiring.Components;

/** A schedule asks how many locks there are, and how old the oldest is. */
public final class ReportLocksHandler extends OperatorHandler<OperatorRequests.Scheduled> {
  private final LockRepository locks;
  private final EmbeddedMetrics metrics;

  /** From the function's environment. */
  public ReportLocksHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ReportLocksHandler(Components components) {
    super(components.metrics(), OperatorRequests::scheduled);
    this.locks = components.locks();
    this.metrics = components.metrics();
  }

  @Override
  protected OperatorAnswer answer(OperatorRequests.Scheduled request, String requestId) {
    LockRepository.LockStatistics statistics = locks.statistics();
    metrics.locks(statistics);
    return OperatorAnswer.locks(statistics);
  }
}
