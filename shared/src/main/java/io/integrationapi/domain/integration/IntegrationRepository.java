package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps integrations. Whatever a principal does not reach does not exist for it (contract section
 * 1).
 *
 * <p>Every write is decided where it is carried out, by a condition: no method reads first and
 * writes then. A write whose answer was lost and that is sent again is neither carried out twice
 * nor refused because of itself.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store does not answer in time.
 */
public interface IntegrationRepository {
  /**
   * The integration as every write left it that was answered before; nothing if it is not reached.
   */
  Optional<Integration> find(Principal principal, IntegrationId id);

  /**
   * Hands out the integrations of the principal, until the limit is reached, the room is full, or
   * the invocation's time is running out. An account sees every write that was answered before; a
   * connector may see one some seconds late.
   *
   * @return where the next page begins, or nothing if there is no more. Behind a page that ended
   *     for want of time there may be nothing.
   */
  Optional<Page.Position> list(
      Principal principal, Page.Request request, Page.Room<Integration> room);

  /**
   * Hands out what a connector's install base shows, as {@link #list} does; it may lag by seconds.
   *
   * @param request with a filter of rows ({@link IntegrationFilter#isOfRows})
   */
  Optional<Page.Position> installBase(
      ConnectorId connectorId, Page.Request request, Page.Room<InstallBaseEntry> room);

  /**
   * Keeps a new integration. Whether its connector is registered is decided in the same request.
   *
   * @param claim what makes the request idempotent, or null
   * @return {@link Outcome.Done}, with the earlier integration if the claim was used for the same
   *     request before; {@link Outcome.Invalid} if it was used for another; {@link
   *     Outcome.Unknown}, or with a claim {@link Outcome.InProgress}; {@link ConnectorRegistered}
   *     if it must be made as a managed one
   */
  CreateResult create(Integration integration, @Nullable IdempotencyClaim claim);

  /**
   * Carries out a change, if the integration is in a state that allows it. A change that leaves all
   * as it stands writes nothing, and is done. Each change has a revision that no other had.
   *
   * @return {@link Outcome.Done}, {@link Outcome.Missing}, {@link Outcome.Locked}, {@link
   *     Outcome.Stale}, {@link Outcome.Invalid} (another connector, too large) or {@link
   *     Outcome.Unknown}; or one of the two that the change can be computed anew for
   */
  ChangeResult change(Principal principal, Change change);

  /**
   * Deletes.
   *
   * @return {@link Outcome.Gone}, {@link Outcome.Missing}, {@link Outcome.Locked}, {@link
   *     Outcome.Stale} or {@link Outcome.Unknown}
   */
  Outcome delete(
      Principal principal, IntegrationId id, Precondition precondition, Authorship authorship);

  /**
   * Keeps a copy, if its source is still in the state that was copied and not locked.
   *
   * @param claim what makes the request idempotent, or null
   * @return {@link Outcome.Done} (as {@link #create}), {@link Outcome.Missing}, {@link
   *     Outcome.Locked}, {@link Outcome.Stale}, {@link Outcome.Invalid}, {@link Outcome.InProgress}
   *     or {@link Outcome.Unknown}; or one of the two that the copy can be made anew for
   */
  CopyResult copy(Copy copy, @Nullable IdempotencyClaim claim);

  /** What the claim's request came to when it was carried out earlier, or nothing if it was not. */
  Optional<Outcome> findEarlier(IdempotencyClaim claim);

  /**
   * Begins an update of one integration that the connector publishes, unless one is in progress. A
   * self-managed one that carries its id is not its to update, and not found.
   *
   * @param authorship begins when it is written: the lock lasts since then
   */
  UpdateStart beginUpdate(
      ConnectorId connectorId, IntegrationId id, Supplier<Authorship> authorship);
}
