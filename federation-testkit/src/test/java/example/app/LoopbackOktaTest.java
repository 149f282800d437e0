// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackOktaTest {
    private static final String AUDIENCE = "api://databricks";
    private static final String SECRET = "s3cr+t/ &=:%";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.okta().clock(clock).start();
    private final OktaRules rules = OktaRules.of(idp);

    @BeforeEach
    void register() {
        idp.api(AUDIENCE).m2mClient("backend", SECRET).grant("backend", AUDIENCE, "databricks", "audit");
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void theDomainIsWhatComesBeforeTheAuthorizationServer() {
        assertThat(idp.issuer()).isEqualTo(OktaRules.of(idp).domain() + "/oauth2/default");
    }

    @Test
    void theM2mTokenHasTheClaimsOfOkta() throws Exception {
        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asLong()).isEqualTo(3600);
        assertThat(answer.json().path("scope").asText()).isEqualTo("databricks");
        JsonNode claims = Web.claims(token(answer));
        long now = FakeClock.START.getEpochSecond();
        assertThat(claims.path("jti").asText()).startsWith("AT.");
        assertThat(claims)
                .isEqualTo(Web.json("{\"ver\":1,\"jti\":\"" + claims.path("jti").asText() + "\",\"iss\":\""
                        + idp.issuer() + "\",\"aud\":\"" + AUDIENCE + "\",\"iat\":" + now + ",\"exp\":" + (now + 3600)
                        + ",\"cid\":\"backend\",\"sub\":\"backend\",\"scp\":[\"databricks\"]}"));
        assertThat(idp.subjectOf("backend")).isEqualTo("backend");
    }

    @Test
    void theIssuerHasAPathAndNoSlashAtItsEnd() {
        assertThat(idp.issuer()).matches("http://127\\.0\\.0\\.1:\\d+/oauth2/default");
        assertThat(idp.tokenEndpoint()).hasToString(idp.issuer() + "/v1/token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client_secret | wrong    | 401 | invalid_client | The client secret supplied for a confidential client is invalid.
            client_secret |          | 401 | invalid_client | No client credentials found.
            client_id     |          | 401 | invalid_client | No client credentials found.
            client_id     | spa      | 400 | unauthorized_client | The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].
            client_id     | stranger | 401 | access_denied  | Policy evaluation failed for this request, please check the policy configurations.
            scope         |          | 400 | invalid_scope  | The authorization server resource does not have any configured default scopes, 'scope' must be provided.
            scope         | nothing  | 400 | invalid_scope  | One or more scopes are not configured for the authorization server resource.
            scope         | openid   | 400 | invalid_scope  | Cannot request 'openid' scopes using client credentials.
            scope         | other    | 400 | access_denied  | Policy evaluation succeeded, but all the requested scopes were rejected.
            scope         | databricks other | 400 | access_denied | Some of the requested scopes were denied by the policy. Denied scopes: [other].
            scope         | personal | 400 | consent_required | Scopes that require consent cannot be granted for the client credentials grant type: [personal]
            client_assertion | a.b.c | 401 | invalid_request | Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.
            """)
    void aRequestThatBreaksARuleIsRefused(String field, String value, int status, String error, String description)
            throws Exception {
        idp.application("spa").m2mClient("stranger", SECRET);
        rules.scope("other").consentScope("personal");

        Answer answer = ask(Map.of(field, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json())
                .isEqualTo(Web.json("{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}"));
        assertThat(idp.tokensIssued()).isZero();
    }

    @Test
    void anUnknownClientIsRefusedInTheShapeOfOktasOwnApi() throws Exception {
        Answer answer = ask(Map.of("client_id", "nobody"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("errorCode").asText()).isEqualTo("invalid_client");
        assertThat(answer.json().path("errorSummary").asText()).isEqualTo("Invalid value for 'client_id' parameter.");
        assertThat(answer.json().path("errorId").asText()).startsWith("oae");
        assertThat(answer.json().has("error")).isFalse();
    }

    @Test
    void theAudienceParameterIsIgnored() throws Exception {
        Answer answer = ask(Map.of("audience", "https://elsewhere.example.com"));

        assertThat(Web.claims(token(answer)).path("aud").asText()).isEqualTo(AUDIENCE);
    }

    @Test
    void theSecretMayComeInABasicHeaderButNotTwice() throws Exception {
        Map<String, String> form = Map.of("grant_type", "client_credentials", "scope", "databricks");
        String basic = Web.basic("backend", SECRET);

        Answer once = Web.postForm(idp.tokenEndpoint(), form, "Authorization", basic);
        Answer twice = Web.postForm(idp.tokenEndpoint(), form(Map.of()), "Authorization", basic);

        assertThat(once.status()).isEqualTo(200);
        assertThat(twice.status()).isEqualTo(401);
        assertThat(twice.json().path("error").asText()).isEqualTo("invalid_request");
    }

    @Test
    void aDefaultScopeIsGrantedWhereNoneIsAskedFor() throws Exception {
        rules.defaultScope("audit");

        Answer answer = ask(Map.of("scope", ""));

        assertThat(Web.claims(token(answer)).path("scp")).isEqualTo(Web.json("[\"audit\"]"));
    }

    @Test
    void eachAuthorizationServerHasItsOwnIssuerAndAudience() throws Exception {
        rules.authorizationServer("aus1", "api://other");
        idp.grant("backend", "api://other", "databricks");

        Answer other = Web.postForm(rules.tokenEndpoint("aus1"), form(Map.of()));
        Answer none = Web.postForm(rules.tokenEndpoint("aus9"), form(Map.of()));
        JsonNode document = Web.get(URI.create(rules.issuer("aus1") + "/.well-known/openid-configuration"))
                .json();

        assertThat(Web.claims(token(other)).path("iss").asText()).isEqualTo(rules.issuer("aus1"));
        assertThat(Web.claims(token(other)).path("aud").asText()).isEqualTo("api://other");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("error_description").asText()).isEqualTo("The authorization server id is invalid.");
        assertThat(document.path("issuer").asText()).isEqualTo(rules.issuer("aus1"));
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(rules.tokenEndpoint("aus1").toString());
        assertThat(Web.get(URI.create(document.path("jwks_uri").asText())).status())
                .isEqualTo(200);
    }

    @Test
    void theOrgServerGivesNothing() throws Exception {
        idp.m2mClientWithKey("signer", Signer.jwk());
        String endpoint = rules.orgTokenEndpoint().toString();

        Answer withSecret = Web.postForm(rules.orgTokenEndpoint(), form(Map.of()));
        Answer withAssertion = Web.postForm(
                rules.orgTokenEndpoint(),
                Signer.form(Signer.sign(Signer.claims("signer", endpoint).build())));

        assertThat(withSecret.status()).isEqualTo(401);
        assertThat(withSecret.json().path("error_description").asText())
                .isEqualTo("Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
                        + " token_endpoint_auth_method.");
        assertThat(withAssertion.status()).isEqualTo(400);
        assertThat(withAssertion.json().path("error").asText()).isEqualTo("unsupported_grant_type");
    }

    @Test
    void theSubjectCanBeOverriddenAndCanFail() throws Exception {
        rules.subject("svc-databricks");
        JsonNode overridden = Web.claims(token(ask(Map.of())));
        rules.subjectCannotBeEvaluated();
        Answer failed = ask(Map.of());

        assertThat(overridden.path("sub").asText()).isEqualTo("svc-databricks");
        assertThat(overridden.path("cid").asText()).isEqualTo("backend");
        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.json())
                .isEqualTo(Web.json("{\"error\":\"server_error\","
                        + "\"error_description\":\"The 'sub' system claim could not be evaluated.\"}"));
    }

    @Test
    void aDynamicIssuerFollowsTheHostThatWasAsked() throws Exception {
        URI alias = URI.create(idp.tokenEndpoint().toString().replace("127.0.0.1", "localhost"));

        String pinned = Web.claims(token(Web.postForm(alias, form(Map.of()))))
                .path("iss")
                .asText();
        rules.dynamicIssuer(true);
        String dynamic = Web.claims(token(Web.postForm(alias, form(Map.of()))))
                .path("iss")
                .asText();

        assertThat(pinned).isEqualTo(idp.issuer());
        assertThat(dynamic).isEqualTo(idp.issuer().replace("127.0.0.1", "localhost"));
    }

    @Test
    void rateLimitsAreWordedByOktasOwnApi() throws Exception {
        idp.failNext(1, Fault.rateLimited(Duration.ofSeconds(9)));

        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().path("errorCode").asText()).isEqualTo("E0000047");
        assertThat(answer.header("X-Rate-Limit-Limit")).isEqualTo("300");
        assertThat(answer.header("X-Rate-Limit-Remaining")).isEqualTo("0");
        assertThat(answer.header("X-Rate-Limit-Reset")).isEqualTo(Long.toString(FakeClock.START.getEpochSecond() + 9));
    }

    @Test
    void beingUnavailableIsStatus400() throws Exception {
        idp.failNext(1, Fault.oktaTemporarilyUnavailable());

        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("temporarily_unavailable");
        assertThat(ask(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void forgeryAndLifetimeWorkHereToo() throws Exception {
        idp.lifetime(Duration.ofMinutes(5));
        idp.forgery().claim("aud", "api://elsewhere").omit("sub");

        JsonNode claims = Web.claims(token(ask(Map.of())));

        assertThat(claims.path("exp").asLong()).isEqualTo(FakeClock.START.getEpochSecond() + 300);
        assertThat(claims.path("aud").asText()).isEqualTo("api://elsewhere");
        assertThat(claims.has("sub")).isFalse();
    }

    @Test
    void otherKindsOfProvidersHaveOtherRules() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auth0Rules.of(idp))
                .withMessageContaining("OktaRules");
    }

    private Answer ask(Map<String, String> changes) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), form(changes));
    }

    private static Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "backend",
                "client_secret",
                SECRET,
                "scope",
                "databricks"));
        form.putAll(changes);
        return form;
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
