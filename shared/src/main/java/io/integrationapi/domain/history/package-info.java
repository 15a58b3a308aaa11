/**
 * The history of an integration: who changed what, the states that it had, and the way back
 * (contract section 9).
 */
@NullMarked
package io.integrationapi.domain.history;

import org.jspecify.annotations.NullMarked;
