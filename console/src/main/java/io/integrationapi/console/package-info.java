/**
 * The pages for people, and the one function that serves them. It knows no store, no token and
 * nothing of the other rooms: what it serves is the same for everybody.
 */
@NullMarked
package io.integrationapi.console;

import org.jspecify.annotations.NullMarked;
