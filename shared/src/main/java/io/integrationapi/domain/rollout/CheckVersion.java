package io.integrationapi.domain.rollout;

import io.integrationapi.domain.rollout.Deployments.NotAnsweredException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a new version for one harmless answer before callers are moved to it. In light traffic a
 * canary alone proves nothing: perhaps nobody calls.
 */
public final class CheckVersion {
  private final Deployments deployments;
  private final Function<String, Optional<Probe>> probes;

  /**
   * @param probes what proves a handler, by the name of its class
   */
  public CheckVersion(Deployments deployments, Function<String, Optional<Probe>> probes) {
    this.deployments = deployments;
    this.probes = probes;
  }

  /**
   * What came of it.
   *
   * @param version which version it was about, if that could be told
   * @param problem why callers must not be moved to it, or null if they may
   */
  public record Verdict(@Nullable FunctionVersion version, @Nullable String problem) {
    /** Whether callers may be moved to it. */
    public boolean passed() {
      return problem == null;
    }
  }

  /**
   * Checks the version that a deployment is about, and tells the deployment. Whatever keeps it from
   * checking stops the deployment.
   *
   * @throws NotAnsweredException if the deployment could not be told
   */
  public Verdict check(String deploymentId, String hookId) {
    Verdict verdict = verdict(deploymentId);
    deployments.report(deploymentId, hookId, verdict.passed());
    return verdict;
  }

  private Verdict verdict(String deploymentId) {
    @Nullable FunctionVersion version = null;
    try {
      version = deployments.target(deploymentId);
      return new Verdict(version, problem(version));
    } catch (NotAnsweredException e) {
      return new Verdict(version, e.getMessage());
    } catch (RuntimeException e) {
      // The deployment would wait an hour for a report that never comes.
      return new Verdict(version, "it could not be checked: " + e.getClass().getName());
    }
  }

  private @Nullable String problem(FunctionVersion version) {
    String handler = deployments.handlerClass(version);
    Optional<Probe> probe = probes.apply(handler);
    if (probe.isEmpty()) {
      return handler + " has no request that proves it";
    }
    byte[] answer = deployments.invoke(version, probe.get().probe());
    return probe.get().isProven(answer) ? null : "it failed a request that changes nothing";
  }
}
