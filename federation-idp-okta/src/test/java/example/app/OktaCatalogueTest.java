// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The refusals of Okta's catalogue of OAuth errors (okta-developer-docs, data/oauth2-error-codes.json, 2026.08.1). */
final class OktaCatalogueTest {
    private final OktaStage stage = new OktaStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "401|invalid_client|Invalid value for 'client_id' parameter.|OKTA_CLIENT_UNKNOWN|false",
                "401|invalid_client|The client secret supplied for a confidential client is invalid."
                        + "|OKTA_CLIENT_SECRET_WRONG|false",
                "401|invalid_client|No client credentials found.|OKTA_CLIENT_AUTH_METHOD|false",
                // O12
                "401|invalid_client|Client Credentials requests to the Org Authorization Server must use the"
                        + " private_key_jwt token_endpoint_auth_method.|OKTA_ORG_SERVER|false",
                "400|unsupported_grant_type|'client_credentials' grant type can only be used with a custom authorization"
                        + " server.|OKTA_ORG_SERVER|false",
                "400|unauthorized_client|This client cannot use a custom authorization server."
                        + "|OKTA_CUSTOM_SERVER_FORBIDDEN|false",
                "400|unauthorized_client|The client is not authorized to use the provided grant type. Configured grant"
                        + " types: [authorization_code].|OKTA_GRANT_TYPE_DISABLED|false",
                // O7
                "401|invalid_request|Cannot supply multiple client credentials. Use one of the following: credentials in"
                        + " the Authorization header, credentials in the post body, or a client_assertion in the post"
                        + " body.|OKTA_CREDENTIALS_TWICE|false",
                "400|invalid_request|The authorization server id is invalid.|OKTA_SERVER_NOT_FOUND|false",
                // O4
                "400|invalid_scope|The authorization server resource does not have any configured default scopes, 'scope'"
                        + " must be provided.|OKTA_SCOPE_MISSING|false",
                "400|invalid_scope|One or more scopes are not configured for the authorization server resource."
                        + "|OKTA_SCOPE_UNKNOWN|false",
                // O5
                "400|invalid_scope|Cannot request 'openid' scopes using client credentials.|OKTA_SCOPE_OPENID|false",
                // O6, with both statuses it is reported with
                "401|access_denied|Policy evaluation failed for this request, please check the policy configurations."
                        + "|OKTA_ACCESS_POLICY_MISSING|false",
                "400|access_denied|Policy evaluation failed for this request, please check the policy configurations."
                        + "|OKTA_ACCESS_POLICY_MISSING|false",
                "400|access_denied|Policy evaluation succeeded, but all the requested scopes were rejected."
                        + "|OKTA_SCOPE_DENIED|false",
                "400|consent_required|Scopes cannot be granted for the client credentials grant type: [a]."
                        + "|OKTA_SCOPE_CONSENT|false",
                // O2
                "400|invalid_dpop_proof|The DPoP proof JWT header is missing.|OKTA_DPOP_REQUIRED|false",
                "400|use_dpop_nonce|Authorization server requires nonce in DPoP proof.|OKTA_DPOP_REQUIRED|false",
                "401|invalid_client|The audience claim for client_assertion must be the endpoint invoked for the request."
                        + "|OKTA_ASSERTION_AUDIENCE|false",
                // O14
                "401|invalid_client|The client_assertion token has already been used.|OKTA_ASSERTION_REUSED|true",
                "401|invalid_client|The client_assertion token is expired.|OKTA_ASSERTION_TIME|false",
                "401|invalid_client|The client_assertion token has an expiration too far into the future."
                        + "|OKTA_ASSERTION_TIME|false",
                "401|invalid_client|The client_assertion signature is invalid.|OKTA_ASSERTION_REFUSED|false",
                "400|server_error|The 'sub' system claim could not be evaluated.|OKTA_CLAIM_NOT_EVALUATED|false",
                // O13
                "400|server_error|The groups claim matched too many groups.|OKTA_GROUPS_TOO_MANY|false",
                "400|temporarily_unavailable|The authorization server is currently unable to handle the request."
                        + "|OKTA_UNAVAILABLE|true",
                // What passes stays retryable, whatever else is in its words.
                "429|too_many_requests|Requests of this client_assertion issuer: limit reached.|IDP_RATE_LIMITED|true",
                "400|temporarily_unavailable|Policy evaluation failed: the service is busy.|OKTA_UNAVAILABLE|true",
                "400|server_error|Policy evaluation failed: internal error.|IDP_UNAVAILABLE|true",
                // What is in no row keeps the general code.
                "401|invalid_client|Something new.|IDP_CLIENT_REJECTED|false",
                "400|invalid_grant|Something new.|IDP_REFUSED|false",
                "503|server_error|The 'sub' system claim could not be evaluated.|IDP_UNAVAILABLE|true"
            })
    void refusalIsToldApart(int status, String error, String description, String code, boolean retryable) {
        stage.says(status, error, description);

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.oauthError()).contains(error);
        assertThat(failure.fix()).doesNotContain("%");
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret");
        }
    }

    /** O8 as it was seen on the wire; the others are Okta's API errors too. */
    @ParameterizedTest
    @CsvSource({
        "401, invalid_client, Invalid value for 'client_id' parameter., OKTA_CLIENT_UNKNOWN, false",
        "404, E0000007, Not found: Resource not found: aus1 (AuthorizationServer), OKTA_SERVER_NOT_FOUND, false",
        "401, E0000015, You do not have permission to access the feature, OKTA_API_ACCESS_MANAGEMENT_MISSING, false",
        "429, E0000047, API call exceeded rate limit due to too many requests., OKTA_RATE_LIMITED, true"
    })
    void refusalInTheShapeOfOktasApi(int status, String error, String summary, String code, boolean retryable) {
        stage.idp.failAlways(Fault.status(status)
                .body(
                        "application/json",
                        "{\"errorCode\":\"" + error + "\",\"errorSummary\":\"" + summary + "\",\"errorLink\":\"" + error
                                + "\",\"errorId\":\"oae1id\",\"errorCauses\":[]}"));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.requestId()).contains("oae1id");
    }

    @Test
    void rateLimitSaysWhenToComeBack() {
        stage.idp.failAlways(Fault.rateLimited(Duration.ofMinutes(5)));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("OKTA_RATE_LIMITED");
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    @Test
    void passingFailureIsGoneAtTheNextTry() {
        stage.idp.failNext(1, Fault.oktaTemporarilyUnavailable());
        OktaTokenSource source = stage.source().build();

        assertThat(failure(source).retryable()).isTrue();
        assertThat(source.mint().subject()).isEqualTo(OktaStage.CLIENT);
    }

    @Test
    void opaqueTokenPointsToTheServer() {
        stage.idp.failAlways(Fault.status(200).body("application/json", "{\"access_token\":\"opaque-canary\"}"));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_OPAQUE");
        assertThat(failure.fix()).contains("authorizationServer 'default'");
        assertThat(failure).hasMessageNotContaining("canary");
    }

    private IdpTokenException failure() {
        return failure(stage.source().build());
    }

    private static IdpTokenException failure(OktaTokenSource source) {
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }
}
