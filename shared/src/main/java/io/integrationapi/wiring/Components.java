package io.integrationapi.wiring;

import io.integrationapi.deployment.CodeDeployments;
import io.integrationapi.domain.access.Authenticator;
import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.access.MintToken;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.history.ChangeReader;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistorySettings;
import io.integrationapi.domain.history.ReadHistory;
import io.integrationapi.domain.history.RecordChanges;
import io.integrationapi.domain.history.RevertIntegration;
import io.integrationapi.domain.history.TakeSnapshot;
import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.domain.integration.BreakLock;
import io.integrationapi.domain.integration.CloneIntegration;
import io.integrationapi.domain.integration.CreateIntegration;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.integration.PatchIntegration;
import io.integrationapi.domain.integration.ReplaceIntegration;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.rollout.CheckVersion;
import io.integrationapi.domain.rollout.Deployments;
import io.integrationapi.domain.rollout.Probe;
import io.integrationapi.edge.EmbeddedMetrics;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.edge.Requests;
import io.integrationapi.store.DynamoDbClients;
import io.integrationapi.store.DynamoDbStore;
import java.net.URI;
import java.security.SecureRandom;
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
  private final Retries retries;
  private final DynamoDbStore store;
  private final ClockAndRandom clockAndRandom;
  private final EmbeddedMetrics metrics;
  private final Supplier<Deployments> deployments;
  private final Supplier<HistorySettings> historySettings;

  private Components(
      DynamoDbStore store,
      ClockAndRandom clockAndRandom,
      Retries retries,
      EmbeddedMetrics metrics,
      Supplier<Deployments> deployments,
      Supplier<HistorySettings> historySettings) {
    this.store = store;
    this.clockAndRandom = clockAndRandom;
    this.retries = retries;
    this.metrics = metrics;
    this.deployments = deployments;
    this.historySettings = historySettings;
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
    URI endpoint = FunctionEnvironment.from(environment).endpoint();
    return from(
        environment,
        DynamoDbClients.httpClient(endpoint),
        InstantSource.system(),
        RetryPolicy.FUNCTION);
  }

  /** The same with another way to the store, another clock and another policy. */
  public static Components from(
      Map<String, String> environment,
      SdkHttpClient http,
      InstantSource clock,
      RetryPolicy policy) {
    FunctionEnvironment settings = FunctionEnvironment.from(environment);
    Region region = Region.of(settings.region());
    AwsCredentialsProvider credentials = Credentials.from(environment);
    URI endpoint = settings.endpoint();
    ClockAndRandom clockAndRandom = new ClockAndRandom(clock, random());
    EmbeddedMetrics metrics = new EmbeddedMetrics(settings.stack(), clock);
    DynamoDbStore store =
        new DynamoDbStore(
            DynamoDbClients.create(http, policy.attempt(), region, credentials, endpoint),
            settings.table(),
            policy,
            clockAndRandom,
            metrics);
    Retries retries = new Retries(policy, clockAndRandom.random());
    // Of all functions only one asks for them, and only its environment has the addresses.
    Supplier<Deployments> deployments =
        () ->
            new CodeDeployments(
                http,
                credentials,
                settings.region(),
                FunctionEnvironment.endpoint(environment, "CODEDEPLOY"),
                FunctionEnvironment.endpoint(environment, "LAMBDA"),
                CodeDeployments.PAUSE);
    return new Components(
        store,
        clockAndRandom,
        retries,
        metrics,
        deployments,
        () -> FunctionEnvironment.historySettings(environment));
  }

  /** Reads what is asked of each endpoint. */
  public Requests requests() {
    return new Requests(clockAndRandom);
  }

  /** What is counted, by all that is made here. */
  public EmbeddedMetrics metrics() {
    return metrics;
  }

  /** The integrations in the table. */
  public IntegrationRepository integrations() {
    return store.integrations();
  }

  /** Reads what is asked of the history's endpoints. */
  public HistoryRequests historyRequests() {
    return new HistoryRequests(clockAndRandom);
  }

  /** GET of the history. */
  public ReadHistory readHistory() {
    return new ReadHistory(history(), historySettings());
  }

  /** POST of a snapshot. */
  public TakeSnapshot takeSnapshot() {
    return new TakeSnapshot(history(), historySettings());
  }

  /** POST of a revert. */
  public RevertIntegration revertIntegration() {
    return new RevertIntegration(
        history(), historySettings(), replaceIntegration(), clockAndRandom, retries);
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

  /** Who changed what, and earlier states. */
  public History history() {
    return store.history();
  }

  /** Reads the records of the table's stream. */
  public ChangeReader changeReader() {
    return store.changeReader();
  }

  /**
   * How long the history is kept.
   *
   * @throws IllegalArgumentException if the environment does not say, by the variable's name
   */
  public HistorySettings historySettings() {
    return historySettings.get();
  }

  /** The recording of changes in the history. */
  public RecordChanges recordChanges() {
    return new RecordChanges(changeReader(), history(), historySettings());
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
    return new PatchIntegration(integrations(), clockAndRandom, retries);
  }

  /** POST of a clone. */
  public CloneIntegration cloneIntegration() {
    return new CloneIntegration(integrations(), clockAndRandom, retries);
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
    return new BreakLock(locks());
  }

  /** What begins the writes of operators. */
  public ClockAndRandom clockAndRandom() {
    return clockAndRandom;
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
    return clockAndRandom.clock();
  }

  /** Reads the system's source at each use, so a snapshot of the process keeps nothing of it. */
  private static RandomGenerator random() {
    return new SecureRandom();
  }
}
