package io.integrationapi.local.stack;

import java.util.List;
import java.util.Map;

/**
 * The REST API of the template.
 *
 * @param logicalId its name in the template
 * @param stage the first segment of every path
 * @param binaryMediaTypes the types of a body that reaches a function as base64
 * @param routes everything that it answers
 * @param gatewayResponses how it words its own answers
 */
public record RestApi(
    String logicalId,
    String stage,
    List<String> binaryMediaTypes,
    List<Route> routes,
    Map<GatewayResponseType, GatewayResponse> gatewayResponses) {}
