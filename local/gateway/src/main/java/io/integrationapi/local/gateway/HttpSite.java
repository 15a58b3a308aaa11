package io.integrationapi.local.gateway;

/** What answers requests. */
interface HttpSite {

  /** Answers a request. */
  HttpAnswer answer(HttpRequest request);

  /**
   * Answers what is no request.
   *
   * @param status what HTTP says of it; 500 is a fault of ours, anything else one of what was sent
   */
  HttpAnswer malformed(int status);
}
