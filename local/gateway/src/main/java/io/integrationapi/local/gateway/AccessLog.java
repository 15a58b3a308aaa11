package io.integrationapi.local.gateway;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A line for each request, before a site that answers it: as the stage's own access log, no header,
 * body or query, for those hold tokens and documents.
 */
final class AccessLog implements HttpSite {

  private final HttpSite site;
  private final Consumer<String> log;

  AccessLog(HttpSite site, Consumer<String> log) {
    this.site = site;
    this.log = log;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    long start = System.nanoTime();
    HttpAnswer answer = site.answer(request);
    double millis = (System.nanoTime() - start) / 1e6;
    log.accept(
        String.format(
            Locale.ROOT,
            "%s %s %d, %d bytes in, %d bytes out, %.1f ms, %s",
            request.method(),
            request.path(),
            answer.status(),
            request.body().length,
            answer.body().length,
            millis,
            Header.last(answer.headers(), "x-amzn-RequestId").orElse("-")));
    return answer;
  }

  @Override
  public HttpAnswer malformed(int status) {
    HttpAnswer answer = site.malformed(status);
    log.accept("what is no request " + answer.status());
    return answer;
  }
}
