/**
 * CodeDeploy and Lambda, as far as the check of a new version asks them. Four calls, signed by the
 * SDK's own signer and sent by the HTTP client that is there: the SDK's clients for the two
 * services would make the zip that each cold start reads a fifth larger (docs/adr/0026).
 */
@NullMarked
package io.integrationapi.deployment;

import org.jspecify.annotations.NullMarked;
