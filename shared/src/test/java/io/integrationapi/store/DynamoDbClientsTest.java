package io.integrationapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.utils.AttributeMap;

class DynamoDbClientsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dynamodb.us-east-1.amazonaws.com",
        "https://localhost:8000",
        "HTTPS://localhost",
        "//localhost"
      })
  void certificate_of_an_endpoint_is_checked(String endpoint) {
    assertEquals(AttributeMap.empty(), DynamoDbClients.options(URI.create(endpoint)));
  }

  @Test
  void certificate_of_the_region_s_own_endpoint_is_checked() {
    assertEquals(AttributeMap.empty(), DynamoDbClients.options(null));
  }

  @Test
  void plain_http_needs_no_trust_store() {
    AttributeMap options = DynamoDbClients.options(URI.create("http://host.docker.internal:8000"));

    assertTrue(options.get(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES));
  }
}
