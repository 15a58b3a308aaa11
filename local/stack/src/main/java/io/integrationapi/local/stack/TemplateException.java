package io.integrationapi.local.stack;

/**
 * A template that cannot be served. The message is one sentence for its author, and names the
 * place.
 */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TemplateException(String place, String problem) {
    super(place + ": " + problem);
  }
}
