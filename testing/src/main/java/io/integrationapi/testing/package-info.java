/**
 * What the tests of all modules share: the store they run on, and what they hold answers against.
 */
@NullMarked
package io.integrationapi.testing;

import org.jspecify.annotations.NullMarked;
