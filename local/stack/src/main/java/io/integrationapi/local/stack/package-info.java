/**
 * What {@code template.yaml} describes, read for a laptop: its functions, routes, authorizer,
 * gateway responses and tables, and an embedded DynamoDB to keep those tables in.
 */
@NullMarked
package io.integrationapi.local.stack;

import org.jspecify.annotations.NullMarked;
