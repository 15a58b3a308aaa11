package io.integrationapi.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests of what is true of every store. They run on the embedded one with all others, and
 * alone on LocalStack in the Maven profile {@code localstack}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("every-store")
@ExtendWith(EveryStore.Begin.class)
public @interface EveryStore {
  /** Says once for all tests of a class that there is no store, if there is none. */
  final class Begin implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      TestStore.begin();
    }
  }
}
