package io.integrationapi.deployment;

import io.integrationapi.domain.rollout.Deployments.NotAnsweredException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** Signs requests to AWS, and repeats them until they are answered with 200. */
final class SignedCalls {
  private static final int ATTEMPTS = 6;
  private static final int OK = 200;

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final Duration pause;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * @param pause between two attempts
   */
  SignedCalls(
      SdkHttpClient http, AwsCredentialsProvider credentials, String region, Duration pause) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
    this.pause = pause;
  }

  /**
   * The body of the answer.
   *
   * @param service by its name in signatures
   * @param operation by its name in messages
   * @throws NotAnsweredException if no attempt was answered with 200
   */
  byte[] send(String service, String operation, SdkHttpRequest request, byte[] body) {
    int status = 0;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        LockSupport.parkNanos(pause.toNanos());
      }
      try {
        // Signed anew each time, since a signature is good for minutes only.
        HttpExecuteResponse answer = http.prepareRequest(signed(service, request, body)).call();
        byte[] content = content(answer);
        status = answer.httpResponse().statusCode();
        if (status == OK) {
          return content;
        }
      } catch (IOException _) {
        status = 0;
      }
    }
    throw new NotAnsweredException(operation, status);
  }

  private HttpExecuteRequest signed(String service, SdkHttpRequest request, byte[] body) {
    ContentStreamProvider content = ContentStreamProvider.fromByteArray(body);
    SignedRequest signed =
        signer.sign(sign ->
            sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(content)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(content))
        .build();
  }

  private static byte[] content(HttpExecuteResponse answer) throws IOException {
    Optional<? extends InputStream> stream = answer.responseBody();
    if (stream.isEmpty()) {
      return new byte[0];
    }
    try (InputStream body = stream.get()) {
      return body.readAllBytes();
    }
  }
}
