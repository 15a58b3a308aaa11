/**
 * The laptop: a small API Gateway and a small Lambda in one process, which serve what {@code
 * template.yaml} describes with the very handlers that deploy.
 *
 * <p>A request comes in through {@code HttpServer}, finds its route in {@code RouteTable}, passes
 * {@code Authorizers}, is made an event by {@code ProxyEvents}, answered by one of {@code
 * LambdaFunctions} and turned back into HTTP by {@code ProxyAnswers}. What the gateway answers by
 * itself is worded by {@code GatewayResponses}.
 */
@NullMarked
package io.integrationapi.local.gateway;

import org.jspecify.annotations.NullMarked;
