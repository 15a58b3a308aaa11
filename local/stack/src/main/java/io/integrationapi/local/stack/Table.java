package io.integrationapi.local.stack;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/**
 * A table of the template, as DynamoDB's own request to create it, on demand whatever the template
 * bills.
 *
 * <p>What a laptop has no use for is left out: encryption, backups, deletion protection, tags.
 *
 * @param request keys, indexes and stream
 * @param timeToLive the attribute that says when an item expires, where the template enables one
 */
public record Table(CreateTableRequest request, Optional<String> timeToLive) {

  /** Its name, which is what the template's {@code !Ref} gives the functions. */
  public String name() {
    return request.tableName();
  }
}
