package io.integrationapi.wiring;

import io.integrationapi.domain.Authenticator;
import io.integrationapi.domain.BeginUpdate;
import io.integrationapi.domain.CloneIntegration;
import io.integrationapi.domain.ConnectorRegistry;
import io.integrationapi.domain.CreateIntegration;
import io.integrationapi.domain.IntegrationRepository;
import io.integrationapi.domain.Makings;
import io.integrationapi.domain.PatchIntegration;
import io.integrationapi.domain.Patience;
import io.integrationapi.domain.ReplaceIntegration;
import io.integrationapi.domain.TokenRepository;
import io.integrationapi.edge.Requests;
import io.integrationapi.store.DynamoDbClients;
import io.integrationapi.store.DynamoDbConnectors;
import io.integrationapi.store.DynamoDbIntegrations;
import io.integrationapi.store.DynamoDbTokens;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** All that a handler may need. */
public final class Components {
  /**
   * For writers that collide. With the store's calls, which come one after the other and have 3 s
   * each, it stays below the function's ten seconds.
   */
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(2), Duration.ofMillis(20));

  private final DynamoDbClient client;
  private final DynamoDbClient once;
  private final String table;
  private final Makings makings;

  private Components(DynamoDbClient client, DynamoDbClient once, String table, Makings makings) {
    this.client = client;
    this.once = once;
    this.table = table;
    this.makings = makings;
  }

  /**
   * As a function needs it.
   *
   * @throws IllegalArgumentException if a variable of the environment is missing, by its name
   */
  public static Components fromEnvironment() {
    return from(System.getenv());
  }

  /**
   * As a function with these variables would have it.
   *
   * @throws IllegalArgumentException if one is missing, by its name
   */
  public static Components from(Map<String, String> environment) {
    URI endpoint = Settings.from(environment).endpoint();
    return from(environment, DynamoDbClients.httpClient(endpoint), InstantSource.system());
  }

  /** The same with another way to the store and another clock. */
  public static Components from(
      Map<String, String> environment, SdkHttpClient http, InstantSource clock) {
    Settings settings = Settings.from(environment);
    Region region = Region.of(settings.region());
    AwsCredentialsProvider credentials = StaticCredentialsProvider.create(credentials(settings));
    URI endpoint = settings.endpoint();
    return new Components(
        DynamoDbClients.create(http, region, credentials, endpoint),
        DynamoDbClients.createOnce(http, region, credentials, endpoint),
        settings.table(),
        new Makings(clock, random()));
  }

  public Requests requests() {
    return new Requests(makings.clock());
  }

  public IntegrationRepository integrations() {
    return new DynamoDbIntegrations(
        client, once, table, PATIENCE, makings.clock(), makings.random());
  }

  public ConnectorRegistry connectors() {
    return new DynamoDbConnectors(client, table, PATIENCE, makings.random());
  }

  public TokenRepository tokens() {
    return new DynamoDbTokens(client, table, PATIENCE, makings.random());
  }

  public Authenticator authenticator() {
    return new Authenticator(tokens(), makings.clock());
  }

  public CreateIntegration createIntegration() {
    return new CreateIntegration(integrations(), connectors(), makings);
  }

  public ReplaceIntegration replaceIntegration() {
    return new ReplaceIntegration(integrations(), makings);
  }

  public PatchIntegration patchIntegration() {
    return new PatchIntegration(integrations(), makings, PATIENCE);
  }

  public CloneIntegration cloneIntegration() {
    return new CloneIntegration(integrations(), makings, PATIENCE);
  }

  public BeginUpdate beginUpdate() {
    return new BeginUpdate(integrations(), makings);
  }

  /** Reads the system's source at each use, so a snapshot of the process keeps nothing of it. */
  private static RandomGenerator random() {
    return new SecureRandom();
  }

  private static AwsCredentials credentials(Settings settings) {
    return settings.sessionToken() == null
        ? AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey())
        : AwsSessionCredentials.create(
            settings.accessKeyId(), settings.secretAccessKey(), settings.sessionToken());
  }
}
