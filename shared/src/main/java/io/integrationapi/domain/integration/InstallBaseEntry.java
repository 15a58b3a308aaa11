package io.integrationapi.domain.integration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher's install base shows of one integration (contract section 3). What has no value
 * is null.
 *
 * @param lockedSince when the update in progress began, null if there is none
 */
public record InstallBaseEntry(
    IntegrationId id,
    String name,
    @Nullable String version,
    @Nullable Mode mode,
    @Nullable Boolean updateInProgress,
    @Nullable Instant lockedSince,
    Instant lastModified) {}
