package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lambda's own Invoke call, before a site that answers everything else. Nobody is asked who they
 * are: the port is this machine's alone.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class InvokeApi implements HttpSite {

  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations/?");

  private final LambdaFunctions functions;
  private final HttpSite otherwise;
  private final JsonMapper json = new JsonMapper();

  InvokeApi(LambdaFunctions functions, HttpSite otherwise) {
    this.functions = functions;
    this.otherwise = otherwise;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()
        || !request.method().equals("POST")
        || !Encoding.isWellFormed(request.path(), Optional.empty())) {
      return otherwise.answer(request);
    }

    String name = Encoding.decodePath(path.group(1));
    return functions
        .find(name)
        .map(function -> invoke(function, request))
        .orElseGet(() ->
            error(
                404,
                "ResourceNotFoundException",
                "Function not found: " + LambdaFunctions.arn(name)));
  }

  @Override
  public HttpAnswer malformed(int status) {
    return otherwise.malformed(status);
  }

  private HttpAnswer invoke(LambdaFunction function, HttpRequest request) {
    byte[] event =
        request.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : request.body();
    if (request.oversized() || event.length > LambdaFunctions.PAYLOAD_LIMIT) {
      return error(
          413,
          "RequestTooLargeException",
          "Request must be smaller than "
              + LambdaFunctions.PAYLOAD_LIMIT
              + " bytes for the InvokeFunction operation");
    }
    if (!isJson(event)) {
      return error(400, "InvalidRequestContentException", "Could not parse request body into json");
    }

    String requestId = UUID.randomUUID().toString();
    return switch (request.header("X-Amz-Invocation-Type").orElse("RequestResponse")) {
      case "DryRun" -> new HttpAnswer(204, List.of(), new byte[0]);
      case "Event" -> {
        Thread.ofVirtual()
            .start(
                () -> functions.invoke(function.logicalId(), event, requestId, function.timeout()));
        yield HttpAnswer.json(202, "");
      }
      default -> answered(function, event, requestId);
    };
  }

  private HttpAnswer answered(LambdaFunction function, byte[] event, String requestId) {
    // A caller of Lambda waits for as long as the function may take.
    var patience = function.timeout().plusSeconds(1);
    HttpAnswer answer =
        switch (functions.invoke(function.logicalId(), event, requestId, patience)) {
          case Invocation.Answered answered -> {
            HttpAnswer json = HttpAnswer.json(200, "");
            yield new HttpAnswer(json.status(), json.headers(), answered.output());
          }
          case Invocation.Failed failed -> failed(failed.type(), failed.message());
          case Invocation.TimedOut timedOut -> failed("Sandbox.Timedout", "Task timed out");
        };
    return answer.with("x-amzn-RequestId", requestId).with("X-Amz-Executed-Version", "$LATEST");
  }

  private HttpAnswer failed(String type, String message) {
    String body =
        json.writeValueAsString(
            json.createObjectNode().put("errorMessage", message).put("errorType", type));
    return HttpAnswer.json(200, body).with("X-Amz-Function-Error", "Unhandled");
  }

  private HttpAnswer error(int status, String type, String message) {
    String body =
        json.writeValueAsString(
            json.createObjectNode().put("Type", "User").put("Message", message));
    return HttpAnswer.json(status, body).with("x-amzn-ErrorType", type);
  }

  private boolean isJson(byte[] event) {
    try {
      json.readTree(event);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }
}
