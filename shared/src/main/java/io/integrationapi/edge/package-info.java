/**
 * HTTP as API Gateway hands it over: events in, answers out, and nothing of either beyond this
 * room.
 *
 * <p>{@link io.integrationapi.edge.Requests} turns an event into a request that cannot be malformed
 * any more, or into all that is wrong with it; {@link io.integrationapi.edge.Answers} turns what
 * outcome into a status, headers and a body.
 */
@NullMarked
package io.integrationapi.edge;

import org.jspecify.annotations.NullMarked;
