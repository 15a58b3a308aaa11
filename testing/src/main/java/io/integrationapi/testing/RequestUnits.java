package io.integrationapi.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line to the store that asks it what each request costs, and adds that up. The product itself
 * does not ask. The embedded store does not check the signature of a request that is changed on its
 * way.
 */
final class RequestUnits implements SdkHttpClient {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan");

  private final SdkHttpClient line;
  private volatile boolean asks;
  private double reads;
  private double tableWrites;
  private double indexWrites;

  RequestUnits(SdkHttpClient line) {
    this.line = line;
  }

  /** Begins to count. */
  synchronized void begin() {
    asks = true;
    take();
  }

  /** What was used since the last call. */
  synchronized Units take() {
    Units taken = new Units(reads, tableWrites, indexWrites);
    reads = 0;
    tableWrites = 0;
    indexWrites = 0;
    return taken;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    if (!asks) {
      return line.prepareRequest(request);
    }
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse(".");
    String operation = target.substring(target.indexOf('.') + 1);
    ExecutableHttpRequest asking = line.prepareRequest(asking(request));
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return counted(operation, asking.call());
      }

      @Override
      public void abort() {
        asking.abort();
      }
    };
  }

  @Override
  public void close() {
    line.close();
  }

  private static HttpExecuteRequest asking(HttpExecuteRequest request) {
    byte[] body;
    try (InputStream stream = request.contentStreamProvider().orElseThrow().newStream()) {
      ObjectNode json = (ObjectNode) JSON.readTree(stream.readAllBytes());
      body = JSON.writeValueAsBytes(json.put("ReturnConsumedCapacity", "INDEXES"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return HttpExecuteRequest.builder()
        .request(
            request.httpRequest().toBuilder()
                .putHeader("Content-Length", Integer.toString(body.length))
                .build())
        .contentStreamProvider(ContentStreamProvider.fromByteArray(body))
        .build();
  }

  private HttpExecuteResponse counted(String operation, HttpExecuteResponse response)
      throws IOException {
    if (response.responseBody().isEmpty()) {
      return response;
    }
    byte[] body;
    try (AbortableInputStream stream = response.responseBody().get()) {
      body = stream.readAllBytes();
    }
    if (response.httpResponse().isSuccessful()) {
      JsonNode consumed =
          JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("ConsumedCapacity");
      if (consumed.isArray()) {
        consumed.values().forEach(each -> add(operation, each));
      } else {
        add(operation, consumed);
      }
    }
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  private synchronized void add(String operation, JsonNode consumed) {
    if (READS.contains(operation)) {
      reads += consumed.path("CapacityUnits").asDouble();
      return;
    }
    double table = consumed.path("Table").path("CapacityUnits").asDouble();
    tableWrites += table;
    indexWrites += consumed.path("CapacityUnits").asDouble() - table;
  }
}
