package io.integrationapi.wiring;

import io.integrationapi.domain.access.Authenticator;
import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.access.MintToken;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.domain.integration.BreakLock;
import io.integrationapi.domain.integration.CloneIntegration;
import io.integrationapi.domain.integration.CreateIntegration;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.integration.PatchIntegration;
import io.integrationapi.domain.integration.ReplaceIntegration;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.edge.EmbeddedMetrics;
import io.integrationapi.edge.Requests;
import io.integrationapi.store.DynamoDbClients;
import io.integrationapi.store.DynamoDbStore;
import io.integrationapi.store.TimeLimits;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/** All that a handler may need. */
public final class Components {
  /** For writers that collide, as far as the invocation's deadline lets them. */
  private static final RetryPolicy RETRY_POLICY =
      new RetryPolicy(Duration.ofSeconds(5), Duration.ofMillis(20));

  private final DynamoDbStore store;
  private final ClockAndRandom clockAndRandom;
  private final EmbeddedMetrics metrics;

  private Components(DynamoDbStore store, ClockAndRandom clockAndRandom, EmbeddedMetrics metrics) {
    this.store = store;
    this.clockAndRandom = clockAndRandom;
    this.metrics = metrics;
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
    URI endpoint = FunctionEnvironment.from(environment).endpoint();
    return from(
        environment,
        DynamoDbClients.httpClient(endpoint),
        InstantSource.system(),
        TimeLimits.FUNCTION);
  }

  /** The same with another way to the store, another clock and other limits. */
  public static Components from(
      Map<String, String> environment, SdkHttpClient http, InstantSource clock, TimeLimits limits) {
    FunctionEnvironment settings = FunctionEnvironment.from(environment);
    Region region = Region.of(settings.region());
    AwsCredentialsProvider credentials = Credentials.from(environment);
    URI endpoint = settings.endpoint();
    ClockAndRandom clockAndRandom = new ClockAndRandom(clock, random());
    EmbeddedMetrics metrics = new EmbeddedMetrics(settings.stack(), clock);
    DynamoDbStore store =
        new DynamoDbStore(
            DynamoDbClients.create(http, limits, region, credentials, endpoint),
            DynamoDbClients.createOnce(http, limits, region, credentials, endpoint),
            settings.table(),
            limits,
            RETRY_POLICY,
            clock,
            clockAndRandom.random(),
            metrics);
    return new Components(store, clockAndRandom, metrics);
  }

  /** Reads what is asked of each endpoint. */
  public Requests requests() {
    return new Requests(clockAndRandom.clock());
  }

  /** What is counted, by all that is made here. */
  public EmbeddedMetrics metrics() {
    return metrics;
  }

  /** The integrations in the table. */
  public IntegrationRepository integrations() {
    return store.integrations();
  }

  /** The registered connectors. */
  public ConnectorRegistry connectors() {
    return store.connectors();
  }

  /** The tokens, by their hashes. */
  public TokenRepository tokens() {
    return store.tokens();
  }

  /** The locks of all accounts. */
  public LockRepository locks() {
    return store.locks();
  }

  /** Tells whose a token is. */
  public Authenticator authenticator() {
    return new Authenticator(tokens(), clockAndRandom.clock());
  }

  /** POST of a new integration. */
  public CreateIntegration createIntegration() {
    return new CreateIntegration(integrations(), connectors(), clockAndRandom);
  }

  /** PUT. */
  public ReplaceIntegration replaceIntegration() {
    return new ReplaceIntegration(integrations(), clockAndRandom);
  }

  /** PATCH. */
  public PatchIntegration patchIntegration() {
    return new PatchIntegration(integrations(), clockAndRandom, RETRY_POLICY);
  }

  /** POST of a clone. */
  public CloneIntegration cloneIntegration() {
    return new CloneIntegration(integrations(), clockAndRandom, RETRY_POLICY);
  }

  /** The beginning of a managed update. */
  public BeginUpdate beginUpdate() {
    return new BeginUpdate(integrations(), clockAndRandom);
  }

  /** The minting of tokens. */
  public MintToken mintToken() {
    return new MintToken(tokens(), clockAndRandom);
  }

  /** The breaking of locks. */
  public BreakLock breakLock() {
    return new BreakLock(locks(), clockAndRandom);
  }

  /** The clock by which all that is made here goes. */
  public InstantSource clock() {
    return clockAndRandom.clock();
  }

  /** Reads the system's source at each use, so a snapshot of the process keeps nothing of it. */
  private static RandomGenerator random() {
    return new SecureRandom();
  }
}
