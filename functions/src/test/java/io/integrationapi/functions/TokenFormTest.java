package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.local.stack.Route;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.NoSecretsInOutput;
import io.integrationapi.testing.TestStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On AWS what is no token is refused before anybody is asked; on a laptop any word may be one. */
class TokenFormTest {
  private static final String AWS =
      validation(Template.read(TestStore.root().resolve("template.yaml")));
  private static final String LAPTOP = validation(TestStore.template());

  @Test
  void every_token_that_is_minted_is_admitted() {
    Api api = new Api();
    for (int i = 0; i < 100; i++) {
      String token =
          JsonText.readTrusted(api.invoke("MintTokenFunction", "{\"_userId\":\"alice\"}"))
              .path("token")
              .asString();
      NoSecretsInOutput.plant(token);

      for (String scheme : List.of("Bearer ", "bearer ", "BEARER   ")) {
        assertTrue((scheme + token).matches(AWS));
        assertTrue((scheme + token).matches(LAPTOP));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer my_api_token",
        "Bearer iapi_",
        "Bearer iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!",
        "Bearer iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAA",
        "Basic iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "iapi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void what_no_token_looks_like_is_refused_without_asking(String header) {
    assertFalse(header.matches(AWS), header);
  }

  /** {@code samconfig.toml} gives {@code sam local start-api} the laptop's value. */
  @Test
  void tokens_of_a_laptop_are_admitted_on_a_laptop() throws Exception {
    for (String token : Stream.of("my_api_token", "other_connector_token").toList()) {
      assertTrue(("Bearer " + token).matches(LAPTOP));
    }
    String samconfig = java.nio.file.Files.readString(TestStore.root().resolve("samconfig.toml"));
    String value = io.integrationapi.local.stack.LaptopParameters.VALUES.get("TokenPattern");
    assertTrue(samconfig.contains("parameter_overrides = \"TokenPattern=\\\"" + value + "\\\"\""));
  }

  private static String validation(Template template) {
    List<String> expressions =
        Api.routes(template).stream()
            .map(Route::authorizer)
            .flatMap(authorizer -> authorizer.orElseThrow().validation().stream())
            .distinct()
            .toList();
    assertEquals(1, expressions.size());
    return expressions.getFirst();
  }
}
