package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.AccountId;
import io.integrationapi.domain.ConnectorId;
import io.integrationapi.domain.Patience;
import io.integrationapi.domain.Principal;
import io.integrationapi.domain.Scope;
import io.integrationapi.domain.Token;
import io.integrationapi.domain.TokenHash;
import io.integrationapi.domain.TokenRepository;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tokens in the table that the package's page draws. */
public final class DynamoDbTokens implements TokenRepository {
  private final DynamoDbTable<TokenItem> items;
  private final StoreCalls calls;

  public DynamoDbTokens(
      DynamoDbClient client, String table, Patience patience, RandomGenerator random) {
    this.items =
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(client)
            .build()
            .table(table, TokenItem.SCHEMA);
    this.calls = new StoreCalls(patience, random);
  }

  @Override
  public Optional<Token> find(TokenHash hash) {
    Map<String, AttributeValue> parts = Keys.token(hash);
    Key key =
        Key.builder()
            .partitionValue(requireNonNull(parts.get(Keys.PARTITION)))
            .sortValue(requireNonNull(parts.get(Keys.SORT)))
            .build();
    // Consistent: a token that was just revoked must not be found as it was.
    @Nullable TokenItem item =
        calls.read(() -> items.getItem(request -> request.key(key).consistentRead(true)));
    return Optional.ofNullable(item).map(DynamoDbTokens::token);
  }

  @Override
  public void save(Token token) {
    Map<String, AttributeValue> key = Keys.token(token.hash());
    TokenItem item = new TokenItem();
    item.pk = requireNonNull(key.get(Keys.PARTITION)).s();
    item.sk = requireNonNull(key.get(Keys.SORT)).s();
    item.hash = token.hash().value();
    switch (token.principal()) {
      case Principal.Account(AccountId id, var _) -> item.userId = id.value();
      case Principal.Connector(ConnectorId id, var _) -> item.connectorId = id.value();
    }
    item.scope = token.principal().scope().name();
    item.expiresAt = token.expiresAt() == null ? null : token.expiresAt().toString();
    item.revokedAt = token.revokedAt() == null ? null : token.revokedAt().toString();
    calls.read(() -> {
      items.putItem(item);
      return item;
    });
  }

  private static Token token(TokenItem item) {
    Scope scope = Scope.valueOf(requireNonNull(item.scope));
    Principal principal =
        item.userId == null
            ? new Principal.Connector(new ConnectorId(requireNonNull(item.connectorId)), scope)
            : new Principal.Account(new AccountId(item.userId), scope);
    return new Token(
        new TokenHash(requireNonNull(item.hash)),
        principal,
        item.expiresAt == null ? null : Instant.parse(item.expiresAt),
        item.revokedAt == null ? null : Instant.parse(item.revokedAt));
  }
}
