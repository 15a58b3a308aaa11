/** Builds the objects of a function by hand, once, from its environment. */
@NullMarked
package io.integrationapi.wiring;

import org.jspecify.annotations.NullMarked;
