/**
 * The rules of an integration: what it is, who may write which part of it, when it is locked, how
 * it is copied.
 *
 * <p>This room imports {@code java.*} and the JSON tree, nothing of AWS and nothing of HTTP. What
 * can go wrong in the ordinary course is a value of a sealed type ({@link
 * io.integrationapi.domain.Outcome}); an exception here means that the store could not answer
 * ({@link io.integrationapi.domain.StoreUnavailableException}) or that the program is wrong.
 */
@NullMarked
package io.integrationapi.domain;

import org.jspecify.annotations.NullMarked;
