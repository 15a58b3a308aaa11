/**
 * One handler for each endpoint, named by one stem: {@code GetIntegrationHandler} is the template's
 * {@code GetIntegrationFunction}, and {@code events/get-integration.json} calls it.
 *
 * <p>Lambda uses the constructor without arguments, which builds from the environment and dies of a
 * wrong one; tests and the laptop use the other.
 */
@NullMarked
package io.integrationapi.functions;

import org.jspecify.annotations.NullMarked;
