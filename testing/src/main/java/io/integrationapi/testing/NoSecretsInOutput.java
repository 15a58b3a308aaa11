package io.integrationapi.testing;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test when anything that was planted as a secret, a token or a customer's settings, stands
 * in what the test printed or logged. JUnit finds it by itself, so it watches all suites.
 */
public final class NoSecretsInOutput implements BeforeAllCallback, AfterEachCallback {
  /** Shorter texts stand in logs by chance. */
  private static final int MIN_LENGTH = 12;

  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
  private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
  private static boolean listening;

  /** From now on no test may print this; a text of less than 12 characters is not looked for. */
  public static void plant(String secret) {
    if (secret.length() >= MIN_LENGTH) {
      SECRETS.add(secret);
    }
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    synchronized (SAID) {
      if (!listening) {
        listening = true;
        System.setOut(new PrintStream(new Tee(System.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    String said;
    synchronized (SAID) {
      said = SAID.toString(StandardCharsets.UTF_8);
      SAID.reset();
    }
    for (String secret : SECRETS) {
      int at = said.indexOf(secret);
      if (at >= 0) {
        throw new AssertionError(
            "a planted secret of "
                + secret.length()
                + " characters was printed after: "
                + said.substring(Math.max(0, at - 200), at));
      }
    }
  }

  /** Writes to both the old stream and our memory. */
  private static final class Tee extends FilterOutputStream {
    Tee(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      synchronized (SAID) {
        SAID.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      synchronized (SAID) {
        SAID.write(bytes, from, length);
      }
    }
  }
}
