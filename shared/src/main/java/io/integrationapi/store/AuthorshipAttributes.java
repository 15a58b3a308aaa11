package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Revision;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Who wrote an item last, when, and for which request, as its attributes. What a token may do is
 * not kept: whoever wrote could write.
 */
final class AuthorshipAttributes {
  /** The revision of a deletion, in what it leaves behind. */
  static final String DELETION = "deletion";

  private static final String KIND = "authorKind";
  private static final String ID = "authorId";
  private static final String TOKEN = "authorTokenId";
  private static final String LABEL = "authorLabel";
  private static final String REQUEST = "requestId";
  private static final String REVERTS = "reverts";
  private static final String ACCOUNT = "account";
  private static final String CONNECTOR = "connector";
  private static final String OPERATOR = "operator";

  private AuthorshipAttributes() {}

  /** In an update; the revision is the memory's ({@link RecentWrites#remember}). */
  static void set(Expression expression, Authorship authorship) {
    expression
        .set("#lastModified = :lastModified")
        .value(":lastModified", Document.time(authorship.at()));
    texts(authorship)
        .forEach((name, text) ->
            expression.setOrRemove(name, text == null ? null : AttributeValue.fromS(text)));
    ChangeNumbers.increase(expression, authorship);
  }

  /** In a new item. */
  static void put(Map<String, AttributeValue> item, Authorship authorship) {
    item.put("lastModified", AttributeValue.fromS(Document.time(authorship.at())));
    item.put("revision", AttributeValue.fromS(authorship.revision().value()));
    ChangeNumbers.begin(item, authorship);
    putTexts(item, authorship);
  }

  /** In what a deletion leaves behind, which has no revision of its own. */
  static void putDeletion(Map<String, AttributeValue> item, Authorship authorship) {
    item.put("lastModified", AttributeValue.fromS(Document.time(authorship.at())));
    item.put(DELETION, AttributeValue.fromS(authorship.revision().value()));
    putTexts(item, authorship);
  }

  private static void putTexts(Map<String, AttributeValue> item, Authorship authorship) {
    texts(authorship)
        .forEach((name, text) -> {
          if (text != null) {
            item.put(name, AttributeValue.fromS(text));
          }
        });
  }

  /** Of an item that is an integration's. */
  static Authorship of(Map<String, AttributeValue> item) {
    return of(item, "revision");
  }

  /** Of what a deletion left behind. */
  static Authorship ofDeletion(Map<String, AttributeValue> item) {
    return of(item, DELETION);
  }

  private static Authorship of(Map<String, AttributeValue> item, String revision) {
    String requestId = text(item, REQUEST);
    return new Authorship(
        author(item),
        Document.parseTime(required(item, "lastModified")),
        new Revision(required(item, revision)),
        requestId == null ? "" : requestId,
        text(item, REVERTS));
  }

  /** An author alone, in an item of another kind. */
  static void putAuthor(Map<String, AttributeValue> item, Author author, String requestId) {
    texts(author, requestId)
        .forEach((name, text) -> {
          if (text != null) {
            item.put(name, AttributeValue.fromS(text));
          }
        });
  }

  private static Map<String, @Nullable String> texts(Authorship authorship) {
    Map<String, @Nullable String> texts = texts(authorship.author(), authorship.requestId());
    texts.put(REVERTS, authorship.reverts());
    return texts;
  }

  private static Map<String, @Nullable String> texts(Author author, String requestId) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    texts.put(KIND, null);
    texts.put(ID, null);
    texts.put(TOKEN, null);
    texts.put(LABEL, null);
    switch (author) {
      case Author.Bearer(
              Principal principal,
              @Nullable TokenHash token,
              @Nullable String label) -> {
        switch (principal) {
          case Principal.Account(AccountId id, var _) -> {
            texts.put(KIND, ACCOUNT);
            texts.put(ID, id.value());
          }
          case Principal.Connector(ConnectorId id, var _) -> {
            texts.put(KIND, CONNECTOR);
            texts.put(ID, id.value());
          }
        }
        texts.put(TOKEN, token == null ? null : token.value());
        texts.put(LABEL, label);
      }
      case Author.Operator(@Nullable String name) -> {
        texts.put(KIND, OPERATOR);
        texts.put(ID, name);
      }
      case Author.Unknown() -> {}
    }
    texts.put(REQUEST, requestId.isEmpty() ? null : requestId);
    return texts;
  }

  static Author author(Map<String, AttributeValue> item) {
    String kind = text(item, KIND);
    if (kind == null) {
      return new Author.Unknown();
    }
    return switch (kind) {
      case ACCOUNT ->
          bearer(new Principal.Account(new AccountId(required(item, ID)), Scope.FULL), item);
      case CONNECTOR ->
          bearer(new Principal.Connector(new ConnectorId(required(item, ID)), Scope.FULL), item);
      case OPERATOR -> new Author.Operator(text(item, ID));
      default -> throw new IllegalStateException("no kind of author: " + kind);
    };
  }

  private static Author bearer(Principal principal, Map<String, AttributeValue> item) {
    String token = text(item, TOKEN);
    return new Author.Bearer(
        principal, token == null ? null : new TokenHash(token), text(item, LABEL));
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    String text = text(item, name);
    if (text == null) {
      throw new IllegalStateException("an integration has no " + name);
    }
    return text;
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
