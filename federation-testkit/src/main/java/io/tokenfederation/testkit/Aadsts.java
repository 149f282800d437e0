// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Entra ID answers with one of its codes: status, OAuth error, and the text for the case that nothing is known to put
 * into it.
 */
record Aadsts(int code, int status, String error, String text) {
    private static final String PASSING = "temporarily_unavailable";
    private static final String CLIENT = "invalid_client";
    private static final String REQUEST = "invalid_request";

    private static final Map<Integer, Aadsts> KNOWN = List.of(
                    new Aadsts(
                            7000215,
                            401,
                            CLIENT,
                            "Invalid client secret provided. Ensure the secret being sent in the"
                                    + " request is the client secret value, not the client secret ID."),
                    new Aadsts(7000222, 401, CLIENT, "The provided client secret keys are expired."),
                    new Aadsts(
                            7000218,
                            401,
                            CLIENT,
                            "The request body must contain the following parameter:"
                                    + " 'client_assertion' or 'client_secret'."),
                    new Aadsts(700016, 400, "unauthorized_client", "Application was not found in the directory."),
                    new Aadsts(7000112, 401, "unauthorized_client", "Application is disabled."),
                    new Aadsts(90002, 400, REQUEST, "Tenant not found."),
                    new Aadsts(900382, 400, REQUEST, "Confidential Client is not supported in Cross Cloud request."),
                    new Aadsts(900432, 400, REQUEST, "Confidential Client is not supported in Cross Cloud request."),
                    new Aadsts(90038, 400, REQUEST, "The tenant belongs to another cloud."),
                    new Aadsts(500011, 400, "invalid_resource", "The resource principal was not found in the tenant."),
                    new Aadsts(50001, 400, "invalid_resource", "The resource is not found."),
                    new Aadsts(
                            70011,
                            400,
                            "invalid_scope",
                            "The provided value for the input parameter 'scope' is not" + " valid."),
                    new Aadsts(
                            1002012,
                            400,
                            "invalid_scope",
                            "Client credential flows must have a scope value with"
                                    + " /.default suffixed to the resource identifier (application ID URI)."),
                    new Aadsts(700022, 400, "invalid_scope", "The scope includes more than one resource."),
                    new Aadsts(901002, 400, REQUEST, "The 'resource' request parameter isn't supported."),
                    new Aadsts(
                            9001023,
                            400,
                            REQUEST,
                            "The grant type is not supported over the /common or /consumers"
                                    + " endpoints. Please use a tenant-specific endpoint."),
                    new Aadsts(900144, 400, REQUEST, "The request body must contain all required parameters."),
                    new Aadsts(9002313, 400, REQUEST, "Invalid request. Request is malformed or invalid."),
                    new Aadsts(70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type."),
                    new Aadsts(50027, 400, REQUEST, "JWT token is invalid or malformed."),
                    new Aadsts(700027, 401, CLIENT, "Client assertion contains an invalid signature."),
                    new Aadsts(700030, 401, CLIENT, "The certificate of the client assertion is not acceptable."),
                    new Aadsts(50012, 401, CLIENT, "Authentication failed."),
                    new Aadsts(
                            700021,
                            401,
                            CLIENT,
                            "Client assertion application identifier doesn't match 'client_id'" + " parameter."),
                    new Aadsts(700023, 401, CLIENT, "Client assertion audience claim does not match Realm issuer."),
                    new Aadsts(700024, 401, CLIENT, "Client assertion is not within its valid time range."),
                    new Aadsts(
                            70021,
                            401,
                            CLIENT,
                            "No matching federated identity record found for presented" + " assertion."),
                    new Aadsts(
                            700211,
                            401,
                            CLIENT,
                            "No matching federated identity record found for presented assertion" + " issuer."),
                    new Aadsts(
                            700212,
                            401,
                            CLIENT,
                            "No matching federated identity record found for presented assertion" + " audience."),
                    new Aadsts(
                            700213,
                            401,
                            CLIENT,
                            "No matching federated identity record found for presented assertion" + " subject."),
                    grant(70000, "The provided authorization code or refresh token is not valid for this client."),
                    grant(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code."),
                    grant(70008, "The provided authorization code or refresh token has expired due to inactivity."),
                    grant(500112, "The reply address does not match the one of the request for the code."),
                    grant(501481, "The Code_Verifier does not match the code_challenge supplied in the request."),
                    grant(700084, "The refresh token was issued to a single page app, and is used or expired."),
                    new Aadsts(
                            9002327,
                            400,
                            REQUEST,
                            "Tokens issued for the 'Single-Page Application' client-type may only"
                                    + " be redeemed via cross-origin requests."),
                    new Aadsts(
                            501051,
                            400,
                            "invalid_grant",
                            "Application is not assigned to a role for the" + " application."),
                    new Aadsts(50105, 400, "invalid_grant", "The user is not assigned to a role for the application."),
                    new Aadsts(53003, 400, "access_denied", "Access has been blocked by Conditional Access policies."),
                    new Aadsts(530032, 400, "access_denied", "Access is blocked by a security policy of the tenant."),
                    new Aadsts(
                            50196,
                            400,
                            "invalid_grant",
                            "The server terminated an operation because it encountered a" + " client request loop."),
                    new Aadsts(
                            90055,
                            429,
                            PASSING,
                            "The server terminated an operation because it received too many" + " requests."),
                    passing(50033),
                    passing(50087),
                    passing(90006),
                    passing(90012),
                    passing(90024),
                    passing(90033),
                    passing(90090))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Aadsts::code, Function.identity()));

    /** This code, or one that says nothing but its number. */
    static Aadsts of(int code) {
        return KNOWN.getOrDefault(code, new Aadsts(code, 400, REQUEST, "The request was refused."));
    }

    private static Aadsts grant(int code, String text) {
        return new Aadsts(code, 400, "invalid_grant", text);
    }

    /** Status 400, the least helpful on record: only the code and the error say that it passes. */
    private static Aadsts passing(int code) {
        return new Aadsts(code, 400, PASSING, "A transient error has occurred. Please try again.");
    }
}
