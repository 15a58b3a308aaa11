/**
 * JSON as a tree: text, numbers, equality, pointers, patches, digests, and what is wrong with what
 * a caller sent.
 *
 * <p>This room knows no integration. It takes limits as arguments.
 */
@NullMarked
package io.integrationapi.domain.json;

import org.jspecify.annotations.NullMarked;
