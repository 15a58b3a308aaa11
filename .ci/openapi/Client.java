import com.google.gson.JsonParser;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.IntegrationsApi;
import org.openapitools.client.api.ManagedUpdatesApi;
import org.openapitools.client.api.TokensApi;
import org.openapitools.client.model.CloneRequest;
import org.openapitools.client.model.InstallBaseRow;
import org.openapitools.client.model.Integration;
import org.openapitools.client.model.IntegrationDraft;
import org.openapitools.client.model.JsonPatchOperation;
import org.openapitools.client.model.ListedIntegration;
import org.openapitools.client.model.NotFoundErrors;
import org.openapitools.client.model.PatchConflictErrors;
import org.openapitools.client.model.PatchFailedError;
import org.openapitools.client.model.PreconditionFailedErrors;
import org.openapitools.client.model.SortOrder;
import org.openapitools.client.model.TokenInfo;
import org.openapitools.client.model.UpdateInProgressError;
import org.openapitools.client.model.UpdateOutcome;
import org.openapitools.client.model.UpdateRequest;

/** The generated Java client at work on a laptop, whose host and port are the argument. */
public class Client {
  private static final String CONNECTOR = "57179182e0a908200c2781d9";
  private static final String MANAGED = "57974ed227a82a3475cecb15";
  private static final String CONNECTION = "57974ed21d2e4ab87ae46d99";

  private static int passed = 0;

  public static void main(String[] arguments) throws ApiException {
    ApiClient account = client(arguments[0], "my_api_token");
    IntegrationsApi api = new IntegrationsApi(account);

    TokenInfo token = new TokensApi(account).getTokenInfo();
    check("tokenInfo", TokenInfo.ScopeEnum.STAR, token.getScope());

    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      IntegrationDraft draft =
          new IntegrationDraft().name("Java " + i).settings(Map.of("region", "EMEA"));
      draft.putAdditionalProperty("sandbox", false);
      String key = "java-" + i + "-" + System.nanoTime();
      Integration first = api.createIntegration(draft, key);
      check(
          "the same key, the same integration",
          first.getId(),
          api.createIntegration(draft, key).getId());
      made.add(first.getId());
    }
    String id = made.get(0);

    ApiResponse<Integration> got = api.getIntegrationWithHttpInfo(id, null, null);
    String etag = got.getHeaders().get("ETag").get(0);
    check("get", "Java 0", got.getData().getName());
    check("settings", "EMEA", got.getData().getSettings().get("region"));
    check("any other member", false, got.getData().getAdditionalProperty("sandbox"));

    // Page by page; a filter and an order that leave all of them in.
    OffsetDateTime longAgo = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(1));
    List<String> listed = new ArrayList<>();
    String cursor = null;
    do {
      ApiResponse<List<ListedIntegration>> page =
          api.listIntegrationsWithHttpInfo(
              2,
              cursor,
              null,
              SortOrder.BY_ID,
              "mode,lastModified",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              longAgo,
              null,
              longAgo,
              null);
      page.getData().forEach(integration -> listed.add(integration.getId()));
      cursor = cursor(page);
    } while (cursor != null);
    check("each once", listed.size(), new TreeSet<>(listed).size());
    check("in order", new ArrayList<>(new TreeSet<>(listed)), listed);
    check("all of them", true, listed.containsAll(made));

    IntegrationDraft replacement =
        new IntegrationDraft().name("Java, replaced").settings(Map.of("region", "APAC"));
    check(
        "replace", "Java, replaced", api.replaceIntegration(id, replacement, etag, null).getName());
    ApiException stale = refusal(() -> api.replaceIntegration(id, replacement, etag, null));
    check("replace an older version", 412, stale.getCode());
    check(
        "its error",
        "precondition_failed",
        read(PreconditionFailedErrors.class, stale).getErrors().get(0).getCode().getValue());

    Integration patched =
        api.patchIntegration(id, List.of(operation("add", "/settings/seats", 20)), null, null);
    check("patch", 20.0, ((Number) patched.getSettings().get("seats")).doubleValue());
    ApiException failed =
        refusal(() ->
            api.patchIntegration(
                id, List.of(operation("test", "/settings/seats", 21)), null, null));
    check("patch that fails", 409, failed.getCode());
    Object conflict =
        read(PatchConflictErrors.class, failed).getErrors().get(0).getActualInstance();
    check("its error", PatchFailedError.class, conflict.getClass());

    Integration copy = api.cloneIntegration(id, null, null, null, null);
    made.add(copy.getId());
    check("clone without a body", "Clone - Java, replaced", copy.getName());
    CloneRequest request =
        new CloneRequest()
            .name("Java, cloned")
            .connectionMap(Map.of(CONNECTION, CONNECTION.replace('5', '6')));
    Integration mapped =
        api.cloneIntegration(MANAGED, "java-clone-" + System.nanoTime(), null, null, request);
    made.add(mapped.getId());
    check("clone with a body", "Java, cloned", mapped.getName());
    check(
        "its connection",
        CONNECTION.replace('5', '6'),
        mapped.getInstall().get(0).getConnectionId());

    ManagedUpdatesApi publisher = new ManagedUpdatesApi(client(arguments[0], "my_connector_token"));
    List<UpdateOutcome> begun =
        publisher.beginUpdate(CONNECTOR, new UpdateRequest().addIntegrationIdsItem(mapped.getId()));
    check("begin an update", UpdateOutcome.StatusEnum.STARTED, begun.get(0).getStatus());
    ApiException locked =
        refusal(() ->
            api.patchIntegration(
                mapped.getId(), List.of(operation("add", "/settings/a", 1)), null, null));
    check("locked", 409, locked.getCode());
    UpdateInProgressError lock =
        (UpdateInProgressError)
            read(PatchConflictErrors.class, locked).getErrors().get(0).getActualInstance();
    check("whose update it is", CONNECTOR, lock.getConnectorId());
    List<InstallBaseRow> base = publisher.listInstallBase(CONNECTOR, 1000, null);
    check(
        "install base",
        true,
        base.stream()
            .anyMatch(
                row -> row.getIntegrationId().equals(mapped.getId()) && row.getUpdateInProgress()));
    new IntegrationsApi(client(arguments[0], "my_connector_token"))
        .patchIntegration(
            mapped.getId(), List.of(operation("replace", "/updateInProgress", false)), null, null);

    for (String each : made) {
      api.deleteIntegration(each, null, null);
    }
    ApiException gone = refusal(() -> api.getIntegration(id, null, null));
    check(
        "deleted",
        "not_found",
        read(NotFoundErrors.class, gone).getErrors().get(0).getCode().getValue());

    System.out.println("Java: " + passed + " passed, 0 failed");
  }

  /** By the server of the document that has a host. */
  private static ApiClient client(String host, String token) {
    ApiClient client = new ApiClient();
    client.setServerIndex(0);
    client.setServerVariables(Map.of("host", host));
    client.setBearerToken(token);
    return client;
  }

  private static JsonPatchOperation operation(String op, String path, Object value) {
    return new JsonPatchOperation()
        .op(JsonPatchOperation.OpEnum.fromValue(op))
        .path(path)
        .value(value);
  }

  private static String cursor(ApiResponse<?> page) {
    List<String> link = page.getHeaders().getOrDefault("Link", List.of(""));
    Matcher cursor = Pattern.compile("[?&]cursor=([^&>]+)").matcher(link.get(0));
    return cursor.find()
        ? java.net.URLDecoder.decode(cursor.group(1), java.nio.charset.StandardCharsets.UTF_8)
        : null;
  }

  private static <T> T read(Class<T> type, ApiException refusal) {
    return org.openapitools
        .client
        .JSON
        .getGson()
        .fromJson(JsonParser.parseString(refusal.getResponseBody()), type);
  }

  private interface Call {
    void run() throws ApiException;
  }

  private static ApiException refusal(Call call) {
    try {
      call.run();
    } catch (ApiException refused) {
      return refused;
    }
    throw new AssertionError("It was not refused");
  }

  private static void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", was " + actual);
    }
    passed++;
  }
}
