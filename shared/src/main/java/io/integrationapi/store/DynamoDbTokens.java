package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The tokens in the table that the package's page draws. */
final class DynamoDbTokens implements TokenRepository {
  private final String table;
  private final StoreCalls calls;

  DynamoDbTokens(String table, StoreCalls calls) {
    this.table = table;
    this.calls = calls;
  }

  @Override
  public Optional<Token> find(TokenHash hash) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(Keys.token(hash))
            // A token that was just revoked must not be found as it was.
            .consistentRead(true)
            .build();
    return Optional.of(calls.send(client -> client.getItem(request)).item())
        .filter(item -> !item.isEmpty())
        .map(DynamoDbTokens::token);
  }

  @Override
  public void add(Token token) {
    Transaction<Boolean> transaction = new Transaction<>();
    transaction.add(put(item(token)), _ -> false);
    if (token.principal() instanceof Principal.Connector(ConnectorId id, var _)) {
      transaction.add(put(Keys.connector(id)), _ -> false);
    }
    if (!transaction.run(calls, true, false)) {
      throw new StoreUnavailableException("conflicting writes used up the retry budget");
    }
  }

  @Override
  public Optional<Token> revoke(TokenHash hash, Instant now) {
    Expression expression =
        new Expression()
            .require(Conditions.TOKEN_EXISTS)
            .set("#revokedAt = if_not_exists(#revokedAt, :now)")
            .value(":now", now.toString());
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(Keys.token(hash))
            .updateExpression(expression.update())
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(expression.values())
            .returnValues(ReturnValue.ALL_NEW)
            .build();
    // A token that is there stays there, so a refusal is final whatever was lost before it.
    return calls
        .sendConditional(client -> client.updateItem(request))
        .map(response -> token(response.attributes()));
  }

  /** Without a condition: the hash is as good as unique, and a connector stays registered. */
  private TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
  }

  private static Map<String, AttributeValue> item(Token token) {
    Map<String, AttributeValue> key = Keys.token(token.hash());
    TokenItem item = new TokenItem();
    item.pk = requireNonNull(key.get(Keys.PARTITION)).s();
    item.sk = requireNonNull(key.get(Keys.SORT)).s();
    item.hash = token.hash().value();
    switch (token.principal()) {
      case Principal.Account(AccountId id, var _) -> item.userId = id.value();
      case Principal.Connector(ConnectorId id, var _) -> item.connectorId = id.value();
    }
    item.label = token.label();
    item.scope = token.principal().scope().name();
    item.expiresAt = token.expiresAt() == null ? null : token.expiresAt().toString();
    item.expires = token.expiresAt() == null ? null : token.expiresAt().getEpochSecond();
    item.revokedAt = token.revokedAt() == null ? null : token.revokedAt().toString();
    return TokenItem.SCHEMA.itemToMap(item, true);
  }

  private static Token token(Map<String, AttributeValue> attributes) {
    TokenItem item = TokenItem.SCHEMA.mapToItem(attributes);
    Scope scope = Scope.valueOf(requireNonNull(item.scope));
    Principal principal =
        item.userId == null
            ? new Principal.Connector(new ConnectorId(requireNonNull(item.connectorId)), scope)
            : new Principal.Account(new AccountId(item.userId), scope);
    return new Token(
        new TokenHash(requireNonNull(item.hash)),
        principal,
        item.label,
        item.expiresAt == null ? null : Instant.parse(item.expiresAt),
        item.revokedAt == null ? null : Instant.parse(item.revokedAt));
  }
}
