package io.integrationapi.local.gateway;

import java.util.Map;

/**
 * Whom the authorizer let in.
 *
 * @param context what it had to say of the caller; on AWS every value is text, whatever the
 *     authorizer wrote
 * @param integrationLatency how long it took to say so, in milliseconds; 0 from the cache
 */
record Identity(String principalId, Map<String, String> context, long integrationLatency) {}
