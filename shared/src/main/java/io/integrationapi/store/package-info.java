/**
 * The DynamoDB store: the only room that knows the SDK.
 *
 * <p>One table. What belongs to an account stands in one partition, so that a consistent query
 * lists it and one request reaches any of it:
 *
 * <pre>
 *   pk                                     sk                  what
 *   account#{_userId}                      integration#{_id}   an integration
 *   history#{_id}#{_userId}                entry#{id of row}   a row of the history; expires
 *   history#{_id}#{_userId}                state#{id of row}   the state that the row names; expires
 *   token#{sha256 of the token}            token               whose token it is
 *   connector#{_connectorId}               connector           a connector that is registered
 *   idempotency#{sha256 of caller and key} idempotency         what a keyed request came to; expires
 * </pre>
 *
 * <p>Each write of an integration numbers itself ({@link io.integrationapi.store.ChangeNumbers}),
 * and the id of a row of the history begins with that number. A deletion leaves in the place of the
 * integration what says who deleted it, which is no integration to any reader and expires.
 *
 * <p>The index {@code byConnector} ({@code connectorId}, {@code id}) holds the integrations that
 * have a connector: a publisher finds the account there first, and its install base. It follows the
 * table by seconds, so nothing is decided by it.
 *
 * <p>Two more indexes are an operator's: {@code byId} ({@code id}) holds the keys of all
 * integrations, so that one is found without its account; {@code byLock} ({@code id}, {@code
 * lockedSince}) holds those that are locked, and no others.
 *
 * <p>In an integration's item the members of the account and those of the publisher are attributes
 * of their own, and a write sets only those of its writer. The locked part is one attribute, beside
 * a digest of it that is equal for equal JSON, so that "locked, and this would change it" is one
 * condition. An item remembers its last writes, by which a repetition of one that was sent because
 * the answer was lost is recognised ({@link io.integrationapi.store.RecentWrites}).
 */
@NullMarked
package io.integrationapi.store;

import org.jspecify.annotations.NullMarked;
