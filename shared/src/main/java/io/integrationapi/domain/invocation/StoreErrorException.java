package io.integrationapi.domain.invocation;

import org.jspecify.annotations.Nullable;

/**
 * The store answered a request with an error. The exception names the error and the request, so
 * that an operator can ask the store's provider. It has no message, because the store's message may
 * quote a document.
 */
public final class StoreErrorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable String code;
  private final int status;
  private final @Nullable String requestId;

  /**
   * @param code the store's name of the error, if it arrived
   * @param status of HTTP
   * @param requestId by which the store knows the request, if it arrived
   */
  public StoreErrorException(
      @Nullable String code, int status, @Nullable String requestId, RuntimeException cause) {
    super(null, cause);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }

  /** The store's name of the error, or null if it did not arrive. */
  public @Nullable String code() {
    return code;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** By which the store knows the request, or null if it did not arrive. */
  public @Nullable String requestId() {
    return requestId;
  }
}
