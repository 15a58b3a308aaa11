package io.integrationapi.console;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** Serves the console, the reference page and {@code openapi.yaml}, to anybody. */
public final class ConsoleHandler implements RequestStreamHandler {

  private final Site site = new Site();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    site.answer(PageRequest.read(input)).write(output);
  }
}
