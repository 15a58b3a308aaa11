package io.integrationapi.local.stack;

/**
 * The answers that API Gateway makes by itself, each with the status it has unless the template
 * says otherwise.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types for API Gateway</a>
 */
public enum GatewayResponseType {
  /** The authorizer's policy denies the route. */
  ACCESS_DENIED(403),
  /** The API is not set up right. */
  API_CONFIGURATION_ERROR(500),
  /** The authorizer's answer is no policy. */
  AUTHORIZER_CONFIGURATION_ERROR(500),
  /** The authorizer failed. */
  AUTHORIZER_FAILURE(500),
  /** A request parameter that a validator refuses. */
  BAD_REQUEST_PARAMETERS(400),
  /** A body that a validator refuses. */
  BAD_REQUEST_BODY(400),
  /** What every other 4xx falls back to; by itself, a request that is no HTTP. */
  DEFAULT_4XX(400),
  /**
   * What every other 5xx falls back to; by itself, a function that crashed or answered no proxy
   * response.
   */
  DEFAULT_5XX(502),
  /** AWS credentials that expired. */
  EXPIRED_TOKEN(403),
  /** The integration could not be reached. */
  INTEGRATION_FAILURE(504),
  /** The integration did not answer in time. */
  INTEGRATION_TIMEOUT(504),
  /** An API key that is not known. */
  INVALID_API_KEY(403),
  /** A signature that is not right. */
  INVALID_SIGNATURE(403),
  /** No such route or method, among others. */
  MISSING_AUTHENTICATION_TOKEN(403),
  /** A usage plan's quota is used up. */
  QUOTA_EXCEEDED(429),
  /** More than 10 MB. */
  REQUEST_TOO_LARGE(413),
  /** A resource that is not there, after the caller was let in. */
  RESOURCE_NOT_FOUND(404),
  /** Too many requests. */
  THROTTLED(429),
  /** No token, or one that the authorizer refuses to look at. */
  UNAUTHORIZED(401),
  /** A media type that no integration takes. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** A web application firewall refused it. */
  WAF_FILTERED(403);

  private final int status;

  GatewayResponseType(int status) {
    this.status = status;
  }

  /** The status that API Gateway gives it by itself. */
  public int status() {
    return status;
  }

  /** What it falls back to when the template does not word it. */
  public GatewayResponseType fallback() {
    return status < 500 ? DEFAULT_4XX : DEFAULT_5XX;
  }
}
