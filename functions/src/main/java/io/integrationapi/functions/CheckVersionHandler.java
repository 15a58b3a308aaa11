package io.integrationapi.functions;

import io.integrationapi.domain.rollout.CheckVersion;
import io.integrationapi.domain.rollout.Probe;
import io.integrationapi.edge.OperatorAnswer;
import io.integrationapi.edge.OperatorHandler;
import io.integrationapi.edge.OperatorRequests;
import io.integrationapi.wiring.Components;
import java.util.Optional;

/** CodeDeploy asks whether callers may be moved to a new version of a function. */
public final class CheckVersionHandler extends OperatorHandler<OperatorRequests.Rollout> {
  private final CheckVersion checkVersion;

  /** From the function's environment. */
  public CheckVersionHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public CheckVersionHandler(Components components) {
    super(components.metrics(), OperatorRequests::rollout);
    this.checkVersion = components.checkVersion(handler -> probeOf(handler, components));
  }

  @Override
  protected OperatorAnswer answer(OperatorRequests.Rollout request, String requestId) {
    return OperatorAnswer.checked(
        request, checkVersion.check(request.deploymentId(), request.hookId()));
  }

  /** Each handler of this package knows a request that proves it. */
  private static Optional<Probe> probeOf(String handlerClass, Components components) {
    try {
      return Optional.of(
          Class.forName(handlerClass)
              .asSubclass(Probe.class)
              .getConstructor(Components.class)
              .newInstance(components));
    } catch (ReflectiveOperationException | ClassCastException _) {
      return Optional.empty();
    }
  }
}
