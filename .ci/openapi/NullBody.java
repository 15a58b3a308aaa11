import org.openapitools.client.ApiClient;
import org.openapitools.client.api.IntegrationsApi;
import org.openapitools.client.model.Integration;

/** The generated Java client of the library native, which sends null where there is no body. */
public class NullBody {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri("http://" + arguments[0] + "/v1");
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer my_api_token"));
    IntegrationsApi api = new IntegrationsApi(client);

    Integration copy = api.cloneIntegration("554155c853bb53af2900000b", null, null, null, null);
    if (!copy.getName().equals("Clone - Licensing and Usage")) {
      throw new AssertionError(copy);
    }
    api.deleteIntegration(copy.getId(), null, null);
    System.out.println("Java, native: 1 passed, 0 failed");
  }
}
