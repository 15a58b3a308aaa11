/**
 * The rules of an integration: what it is, who may write which part of it, when it is locked, how
 * it is copied.
 *
 * <p>The rooms of the domain import {@code java.*} and the JSON tree, nothing of AWS and nothing of
 * HTTP. An expected outcome is a value of a sealed type. An exception means that the store could
 * not answer ({@link io.integrationapi.domain.invocation.StoreUnavailableException}) or that the
 * program is wrong.
 */
@NullMarked
package io.integrationapi.domain.integration;

import org.jspecify.annotations.NullMarked;
