/**
 * What every use case stands on: the deadline of an invocation, the retry policy, the clock,
 * chance, and what is counted.
 */
@NullMarked
package io.integrationapi.domain.invocation;

import org.jspecify.annotations.NullMarked;
