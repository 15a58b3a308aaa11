/** Who calls: accounts and connectors, their tokens, and what a token lets its bearer do. */
@NullMarked
package io.integrationapi.domain.access;

import org.jspecify.annotations.NullMarked;
