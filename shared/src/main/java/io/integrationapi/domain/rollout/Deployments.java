package io.integrationapi.domain.rollout;

/** Deployments that are under way, and the versions that they deploy. */
public interface Deployments {
  /**
   * The version that callers are to be moved to.
   *
   * @throws NotAnsweredException if it cannot be told
   */
  FunctionVersion target(String deploymentId);

  /**
   * The class that handles that version's invocations.
   *
   * @throws NotAnsweredException if it cannot be told
   */
  String handlerClass(FunctionVersion version);

  /**
   * Invokes that version, and waits until it is ready to be invoked.
   *
   * @return what it answered, or a description of how it failed
   * @throws NotAnsweredException if it could not be invoked
   */
  byte[] invoke(FunctionVersion version, byte[] event);

  /**
   * Lets the deployment go on, or stops it.
   *
   * @param hookId which of the deployment's questions this answers
   * @throws NotAnsweredException if this was not accepted
   */
  void report(String deploymentId, String hookId, boolean passed);

  /** A service of the platform did not answer as it should. The message holds nothing it said. */
  final class NotAnsweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param operation what was asked for
     * @param status the HTTP status of the last answer, or 0 if there was none
     */
    public NotAnsweredException(String operation, int status) {
      super(operation + (status == 0 ? " was not answered" : " was answered " + status));
    }
  }
}
