package io.integrationapi.local.stack;

import java.util.Map;

/** The parameters of the project's template that a laptop has values of its own for. */
public final class LaptopParameters {
  /**
   * A laptop's tokens are words that a person can remember, so its gateway asks the authorizer
   * about any token. {@code samconfig.toml} says the same to {@code sam local start-api}.
   */
  public static final Map<String, String> VALUES = Map.of("TokenPattern", "[^ ]+");

  private LaptopParameters() {}
}
