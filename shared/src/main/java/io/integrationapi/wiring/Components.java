package io.integrationapi.wiring;

import io.integrationapi.deployment.CodeDeployments;
import io.integrationapi.domain.Authenticator;
import io.integrationapi.domain.BeginUpdate;
import io.integrationapi.domain.BreakLock;
import io.integrationapi.domain.ClockAndIds;
import io.integrationapi.domain.CloneIntegration;
import io.integrationapi.domain.ConnectorRegistry;
import io.integrationapi.domain.CreateIntegration;
import io.integrationapi.domain.IntegrationRepository;
import io.integrationapi.domain.LockRepository;
import io.integrationapi.domain.MintToken;
import io.integrationapi.domain.PatchIntegration;
import io.integrationapi.domain.ReplaceIntegration;
import io.integrationapi.domain.RetryPolicy;
import io.integrationapi.domain.TokenRepository;
import io.integrationapi.domain.rollout.CheckVersion;
import io.integrationapi.domain.rollout.Deployments;
import io.integrationapi.domain.rollout.Probe;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final ClockAndIds clockAndIds;
  private final EmbeddedMetrics metrics;
  private final Supplier<Deployments> deployments;

  private Components(
      DynamoDbStore store,
      ClockAndIds clockAndIds,
      EmbeddedMetrics metrics,
      Supplier<Deployments> deployments) {
    this.store = store;
    this.clockAndIds = clockAndIds;
    this.metrics = metrics;
    this.deployments = deployments;
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
   * @throws IllegalStateException if this was packed for another processor
   */
  public static Components from(Map<String, String> environment) {
    Natives.check();
    URI endpoint = Settings.from(environment).endpoint();
    return from(
        environment,
        DynamoDbClients.httpClient(endpoint),
        InstantSource.system(),
        TimeLimits.FUNCTION);
  }

  /** The same with another way to the store, another clock and other limits. */
  public static Components from(
      Map<String, String> environment, SdkHttpClient http, InstantSource clock, TimeLimits limits) {
    Settings settings = Settings.from(environment);
    Region region = Region.of(settings.region());
    AwsCredentialsProvider credentials = Credentials.from(environment);
    URI endpoint = settings.endpoint();
    ClockAndIds clockAndIds = new ClockAndIds(clock, random());
    EmbeddedMetrics metrics = new EmbeddedMetrics(settings.stack(), clock);
    DynamoDbStore store =
        new DynamoDbStore(
            DynamoDbClients.create(http, limits, region, credentials, endpoint),
            DynamoDbClients.createOnce(http, limits, region, credentials, endpoint),
            settings.table(),
            limits,
            RETRY_POLICY,
            clock,
            clockAndIds.random(),
            metrics);
    // Of all functions only one asks for them, and only its environment has the addresses.
    Supplier<Deployments> deployments =
        () ->
            new CodeDeployments(
                http,
                credentials,
                settings.region(),
                Settings.endpoint(environment, "CODEDEPLOY"),
                Settings.endpoint(environment, "LAMBDA"),
                CodeDeployments.PAUSE);
    return new Components(store, clockAndIds, metrics, deployments);
  }

  /** Reads what is asked of each endpoint. */
  public Requests requests() {
    return new Requests(clockAndIds.clock());
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
    return new Authenticator(tokens(), clockAndIds.clock());
  }

  /** POST of a new integration. */
  public CreateIntegration createIntegration() {
    return new CreateIntegration(integrations(), connectors(), clockAndIds);
  }

  /** PUT. */
  public ReplaceIntegration replaceIntegration() {
    return new ReplaceIntegration(integrations(), clockAndIds);
  }

  /** PATCH. */
  public PatchIntegration patchIntegration() {
    return new PatchIntegration(integrations(), clockAndIds, RETRY_POLICY);
  }

  /** POST of a clone. */
  public CloneIntegration cloneIntegration() {
    return new CloneIntegration(integrations(), clockAndIds, RETRY_POLICY);
  }

  /** The beginning of a managed update. */
  public BeginUpdate beginUpdate() {
    return new BeginUpdate(integrations(), clockAndIds);
  }

  /** The minting of tokens. */
  public MintToken mintToken() {
    return new MintToken(tokens(), clockAndIds);
  }

  /** The breaking of locks. */
  public BreakLock breakLock() {
    return new BreakLock(locks(), clockAndIds);
  }

  /**
   * The check of a version before callers are moved to it.
   *
   * @param probes what proves a handler, by the name of its class
   * @throws IllegalArgumentException if the environment does not say where to ask
   */
  public CheckVersion checkVersion(Function<String, Optional<Probe>> probes) {
    return new CheckVersion(deployments.get(), probes);
  }

  /** The clock by which all that is made here goes. */
  public InstantSource clock() {
    return clockAndIds.clock();
  }

  /** Reads the system's source at each use, so a snapshot of the process keeps nothing of it. */
  private static RandomGenerator random() {
    return new SecureRandom();
  }
}
