/**
 * The rollout of a new version of a function: it must prove itself before it gets its first caller.
 */
@NullMarked
package io.integrationapi.domain.rollout;

import org.jspecify.annotations.NullMarked;
