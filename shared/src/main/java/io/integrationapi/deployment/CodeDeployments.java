package io.integrationapi.deployment;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.rollout.Deployments;
import io.integrationapi.domain.rollout.FunctionVersion;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * CodeDeploy's deployments of Lambda functions.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/">CodeDeploy's API</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Lambda's Invoke</a>
 */
public final class CodeDeployments implements Deployments {
  /** A version may still be starting: it is asked again within half a minute. */
  public static final Duration PAUSE = Duration.ofSeconds(5);

  private static final String DEPLOYMENT = "deploymentId";

  private final SignedCalls calls;
  private final URI codeDeploy;
  private final URI lambda;

  /**
   * @param codeDeploy the service's address
   * @param lambda the service's address
   * @param pause between two attempts of a call
   */
  public CodeDeployments(
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      String region,
      URI codeDeploy,
      URI lambda,
      Duration pause) {
    this.calls = new SignedCalls(http, credentials, region, pause);
    this.codeDeploy = codeDeploy;
    this.lambda = lambda;
  }

  /** A deployment of a function has just one target. */
  @Override
  public FunctionVersion target(String deploymentId) {
    ObjectNode request = about(deploymentId);
    request.set(
        "targetIds", codeDeploy("ListDeploymentTargets", about(deploymentId)).path("targetIds"));
    JsonNode function =
        codeDeploy("BatchGetDeploymentTargets", request)
            .at("/deploymentTargets/0/lambdaTarget/lambdaFunctionInfo");
    return new FunctionVersion(
        function.path("functionName").asString(""), function.path("targetVersion").asString(""));
  }

  @Override
  public String handlerClass(FunctionVersion version) {
    SdkHttpRequest request = lambda(SdkHttpMethod.GET, version, "configuration").build();
    byte[] answer = calls.send("lambda", "GetFunctionConfiguration", request, new byte[0]);
    return JsonText.readTrusted(answer).path("Handler").asString("").split("::", 2)[0];
  }

  @Override
  public byte[] invoke(FunctionVersion version, byte[] event) {
    SdkHttpRequest request =
        lambda(SdkHttpMethod.POST, version, "invocations")
            .putHeader("Content-Type", "application/json")
            .build();
    return calls.send("lambda", "Invoke", request, event);
  }

  @Override
  public void report(String deploymentId, String hookId, boolean passed) {
    codeDeploy(
        "PutLifecycleEventHookExecutionStatus",
        about(deploymentId)
            .put("lifecycleEventHookExecutionId", hookId)
            .put("status", passed ? "Succeeded" : "Failed"));
  }

  private static ObjectNode about(String deploymentId) {
    return JsonNodeFactory.instance.objectNode().put(DEPLOYMENT, deploymentId);
  }

  private JsonNode codeDeploy(String operation, JsonNode input) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(codeDeploy)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "CodeDeploy_20141006." + operation)
            .build();
    byte[] answer = calls.send("codedeploy", operation, request, JsonText.writeBytes(input));
    // A report is answered with a body, but nobody promises that it is not empty.
    return answer.length == 0
        ? JsonNodeFactory.instance.objectNode()
        : JsonText.readTrusted(answer);
  }

  private SdkHttpRequest.Builder lambda(
      SdkHttpMethod method, FunctionVersion version, String what) {
    return SdkHttpRequest.builder()
        .method(method)
        .uri(lambda)
        .encodedPath("/2015-03-31/functions/" + version.function() + "/" + what)
        .putRawQueryParameter("Qualifier", version.version());
  }
}
