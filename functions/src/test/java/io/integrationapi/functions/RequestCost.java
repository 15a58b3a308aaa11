package io.integrationapi.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.wiring.Components;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests whose whole cost falls on the thread that makes them: the store's answers are made
 * beforehand, so what is left is the function's own work and the SDK's. The measure beside them is
 * plain Jackson, which reads the document and writes it.
 */
public final class RequestCost {
  private static final String ID = "5f0c2c1e8a4b3d0012345678";
  private static final JsonMapper JACKSON = new JsonMapper();

  private final RequestStreamHandler get;
  private final RequestStreamHandler put;
  private final byte[] document;
  private final byte[] getEvent;
  private final byte[] putEvent;

  /**
   * Requests for one document.
   *
   * @param settings what it is filled with, as JSON
   */
  public RequestCost(String settings) {
    String text = "{\"name\":\"Orders to invoices\",\"settings\":" + settings + "}";
    document = text.getBytes(StandardCharsets.UTF_8);
    getEvent = event("GET", null);
    putEvent = event("PUT", text);
    Components components =
        Components.from(
            Map.of(
                "TABLE_NAME", "table",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
            new CannedStore("{\"settings\":" + settings + "}"),
            InstantSource.system(),
            Api.PATIENT);
    get = new GetIntegrationHandler(components);
    put = new ReplaceIntegrationHandler(components);
  }

  /** Settings of some bytes: objects of five short members each. */
  public static String small(int bytes) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; json.length() < bytes - 130; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"mapping_%05d\":{".formatted(i))
          .append("\"extract\":\"customer.address[%d].line\",".formatted(i))
          .append("\"generate\":\"billing.%d\",\"required\":%b,".formatted(i, i % 3 == 0))
          .append("\"rank\":%d,\"rate\":%d.50}".formatted(i * 7, i));
    }
    return json.append('}').toString();
  }

  /** Settings of some bytes: four texts of many lines. */
  public static String large(int bytes) {
    String line = "function transform(options) { return options.data.map((row) => row.id); }\\n";
    String text = line.repeat(bytes / 4 / line.length() + 1).substring(0, bytes / 4 - 20);
    String whole = text.endsWith("\\") ? text + "n" : text;
    return "{\"a\":\""
        + whole
        + "\",\"b\":\""
        + whole
        + "\",\"c\":\""
        + whole
        + "\",\"d\":\""
        + whole
        + "\"}";
  }

  /** GET, by its handler; the length of the answer. */
  public int get() {
    return call(get, getEvent);
  }

  /** PUT, by its handler; the length of the answer. */
  public int put() {
    return call(put, putEvent);
  }

  /** The document read and written. */
  public int jackson() {
    return JACKSON.writeValueAsBytes(JACKSON.readTree(document)).length;
  }

  /** What is answered to a PUT or a GET. */
  public String answer(boolean replacing) {
    return text(replacing ? put : get, replacing ? putEvent : getEvent)
        .toString(StandardCharsets.UTF_8);
  }

  private static int call(RequestStreamHandler handler, byte[] event) {
    return text(handler, event).size();
  }

  private static ByteArrayOutputStream text(RequestStreamHandler handler, byte[] event) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(event.length + 1000);
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event), output, new TestContext("Cost", _ -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output;
  }

  private static byte[] event(String method, @Nullable String body) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", "/integrations/{_id}").put("path", "/integrations/" + ID);
    event.put("httpMethod", method);
    event.putObject("headers").put("Content-Type", "application/json");
    event.putObject("pathParameters").put("_id", ID);
    event
        .putObject("requestContext")
        .put("requestId", "a-request")
        .put("path", "/v1/integrations/" + ID)
        .putObject("authorizer")
        .put("kind", "account")
        .put("id", "alice")
        .put("scope", "full");
    event.put("body", body).put("isBase64Encoded", false);
    return JACKSON.writeValueAsBytes(event);
  }

  /** Answers every GetItem and UpdateItem with one item, as DynamoDB would. */
  private static final class CannedStore implements SdkHttpClient {
    private final byte[] read;
    private final byte[] updated;

    CannedStore(String configuration) {
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      string(item, "pk", "account#alice");
      string(item, "sk", "integration#" + ID);
      string(item, "id", ID);
      string(item, "createdAt", "2026-11-24T00:00:00.000Z");
      string(item, "lastModified", "2026-11-25T00:00:00.000Z");
      string(item, "name", "Orders to invoices");
      string(item, "configuration", configuration);
      string(item, "configurationDigest", "0".repeat(43));
      string(item, "revision", "0".repeat(24));
      item.putObject("managed").put("BOOL", false);
      item.putObject("contentBytes").put("N", Integer.toString(configuration.length()));
      item.putObject("publicationBytes").put("N", "0");
      read = answer("Item", item);
      updated = answer("Attributes", item);
    }

    private static void string(ObjectNode item, String name, String value) {
      item.putObject(name).put("S", value);
    }

    private static byte[] answer(String name, ObjectNode item) {
      return JACKSON.writeValueAsBytes(JsonNodeFactory.instance.objectNode().set(name, item));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
      byte[] body = target.endsWith("GetItem") ? read : updated;
      CRC32 crc = new CRC32();
      crc.update(body);
      SdkHttpResponse response =
          SdkHttpResponse.builder()
              .statusCode(200)
              .putHeader("Content-Type", "application/x-amz-json-1.0")
              .putHeader("Content-Length", Integer.toString(body.length))
              .putHeader("x-amz-crc32", Long.toString(crc.getValue()))
              .build();
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          drain(request);
          return HttpExecuteResponse.builder()
              .response(response)
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {
          // It is answered at once.
        }
      };
    }

    /** Sending it is not measured, but whoever sends it reads it. */
    private static void drain(HttpExecuteRequest request) throws IOException {
      byte[] buffer = new byte[8192];
      try (var content = request.contentStreamProvider().orElseThrow().newStream()) {
        while (content.read(buffer) >= 0) {
          // Read on.
        }
      }
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
