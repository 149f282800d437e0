// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackEntraTest {
    private static final String API = "api://databricks";
    private static final String CLIENT = "0b7e8c52-1a3d-4f60-9e4b-2c5d8f7a6b91";
    private static final String SECRET = "Xk8~p+Q.r/=&%";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.entra().clock(clock).start();
    private final EntraRules rules = EntraRules.of(idp);

    @BeforeEach
    void register() {
        idp.api(API).m2mClient(CLIENT, SECRET);
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void aTokenOfVersion2IsForTheResourcesClientId() throws Exception {
        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").isIntegralNumber()).isTrue();
        long now = FakeClock.START.getEpochSecond();
        String object = idp.subjectOf(CLIENT);
        assertThat(Web.claims(token(answer)))
                .isEqualTo(Web.json("{\"aud\":\"" + rules.applicationId(API) + "\",\"iss\":\"" + idp.issuer()
                        + "\",\"azp\":\"" + CLIENT + "\",\"azpacr\":\"1\",\"ver\":\"2.0\",\"iat\":" + now + ",\"nbf\":"
                        + now + ",\"exp\":" + (now + 3599) + ",\"tid\":\"" + rules.tenantId() + "\",\"oid\":\"" + object
                        + "\",\"sub\":\"" + object + "\"}"));
        assertThat(object).isNotEqualTo(CLIENT);
        assertThat(idp.issuer()).endsWith("/" + rules.tenantId() + "/v2.0");
    }

    @Test
    void theResourceChoosesTheVersionWhicheverEndpointIsAsked() throws Exception {
        rules.tokenVersion(API, 1);
        Map<String, String> v1Form = form(Map.of("scope", "", "resource", API));

        JsonNode byV2 = Web.claims(token(ask(Map.of())));
        Answer byV1 = Web.postForm(rules.v1TokenEndpoint(), v1Form);
        rules.tokenVersion(API, 2);
        JsonNode newByV1 = Web.claims(token(Web.postForm(rules.v1TokenEndpoint(), v1Form)));

        assertThat(byV2.path("iss").asText()).isEqualTo(rules.v1Issuer()).endsWith("/");
        assertThat(byV2.path("aud").asText()).isEqualTo(API);
        assertThat(byV2.path("appid").asText()).isEqualTo(CLIENT);
        assertThat(byV2.path("ver").asText()).isEqualTo("1.0");
        assertThat(byV2.has("azp")).isFalse();
        assertThat(byV1.json().path("expires_in")).isEqualTo(Web.json("\"3599\""));
        assertThat(newByV1.path("ver").asText()).isEqualTo("2.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            client_secret | wrong              | 401 | 7000215 | invalid_client
            client_secret | Xk8~p Q.r/=&%      | 401 | 7000215 | invalid_client
            client_secret | -                  | 401 | 7000218 | invalid_client
            client_id     | nobody             | 400 | 700016  | unauthorized_client
            client_id     | -                  | 400 | 900144  | invalid_request
            client_id     | spa                | 401 | 7000218 | invalid_client
            scope         | -                  | 400 | 900144  | invalid_request
            scope         | api://databricks   | 400 | 1002012 | invalid_scope
            scope         | api://a/.default api://b/.default | 400 | 700022 | invalid_scope
            scope         | /.default          | 400 | 70011   | invalid_scope
            scope         | api://nothing/.default | 400 | 500011 | invalid_resource
            resource      | api://databricks   | 400 | 901002  | invalid_request
            grant_type    | password           | 400 | 70003   | unsupported_grant_type
            """)
    void aRequestThatBreaksARuleIsRefusedByNumber(String field, String value, int status, int code, String error)
            throws Exception {
        idp.application("spa");

        Answer answer = ask(Map.of(field, value == null ? "" : value));

        assertRefused(answer, status, code, error);
        assertThat(idp.tokensIssued()).isZero();
    }

    @Test
    void aRefusalHasAllThePartsOfARealOne() throws Exception {
        JsonNode body = ask(Map.of("client_secret", "wrong")).json();

        String trace = body.path("trace_id").asText();
        String correlation = body.path("correlation_id").asText();
        assertThat(body.path("error_description").asText())
                .isEqualTo(
                        "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is"
                                + " the client secret value, not the client secret ID, for a secret added to app '"
                                + CLIENT
                                + "'. Trace ID: " + trace + " Correlation ID: " + correlation
                                + " Timestamp: 2026-01-02 03:04:05Z");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-01-02 03:04:05Z");
        assertThat(body.path("error_uri").asText()).endsWith("error?code=7000215");
        assertThat(trace).isNotEqualTo(correlation).hasSize(36);
    }

    @Test
    void aTenantMustBeNamedAndKnown() throws Exception {
        assertRefused(askTenant("common"), 400, 9001023, "invalid_request");
        assertRefused(askTenant("organizations"), 400, 9001023, "invalid_request");
        assertRefused(askTenant("00000000-0000-0000-0000-000000000000"), 400, 90002, "invalid_request");
    }

    @Test
    void expiredSecretsAndDisabledApplicationsAreRefused() throws Exception {
        rules.secretExpired(CLIENT);
        Answer expired = ask(Map.of());
        rules.disabled(CLIENT);
        Answer disabled = ask(Map.of());

        assertRefused(expired, 401, 7000222, "invalid_client");
        assertRefused(disabled, 401, 7000112, "unauthorized_client");
    }

    @Test
    void withoutAssignmentThereIsATokenWithoutRolesUnlessItIsRequired() throws Exception {
        Answer unassigned = ask(Map.of());
        rules.assignmentRequired(API);
        Answer refused = ask(Map.of());
        idp.grant(CLIENT, API, "Federation.Exchange");
        Answer assigned = ask(Map.of());

        assertThat(Web.claims(token(unassigned)).has("roles")).isFalse();
        assertRefused(refused, 400, 501051, "invalid_grant");
        assertThat(Web.claims(token(assigned)).path("roles")).isEqualTo(Web.json("[\"Federation.Exchange\"]"));
    }

    @Test
    void azureDatabricksItselfIsAResourceOfVersion1() throws Exception {
        Answer answer = ask(Map.of("scope", EntraRules.AZURE_DATABRICKS + "/.default"));

        JsonNode claims = Web.claims(token(answer));
        assertThat(claims.path("aud").asText()).isEqualTo("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d");
        assertThat(claims.path("iss").asText()).isEqualTo(rules.v1Issuer());
    }

    @Test
    void aResourceMayBeNamedByItsClientId() throws Exception {
        Answer bare = ask(Map.of("scope", rules.applicationId(API) + "/.default"));
        Answer asUri = ask(Map.of("scope", "api://" + rules.applicationId(API) + "/.default"));

        assertThat(Web.claims(token(bare)).path("aud").asText()).isEqualTo(rules.applicationId(API));
        assertThat(Web.claims(token(asUri)).path("aud").asText()).isEqualTo(rules.applicationId(API));
    }

    @Test
    void bothIssuersHaveADiscoveryDocument() throws Exception {
        JsonNode v2 = Web.get(URI.create(idp.issuer() + "/.well-known/openid-configuration"))
                .json();
        JsonNode v1 = Web.get(URI.create(rules.v1Issuer() + ".well-known/openid-configuration"))
                .json();

        assertThat(v2.path("issuer").asText()).isEqualTo(idp.issuer());
        assertThat(v2.path("token_endpoint").asText())
                .isEqualTo(idp.tokenEndpoint().toString());
        assertThat(v1.path("issuer").asText()).isEqualTo(rules.v1Issuer());
        assertThat(Web.get(URI.create(v1.path("jwks_uri").asText())).json().path("keys"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7000215,401,invalid_client",
        "50196,400,invalid_grant",
        "90033,400,temporarily_unavailable",
        "4711,400,invalid_request"
    })
    void anyCodeCanBeAskedFor(int code, int status, String error) throws Exception {
        idp.failNext(1, Fault.aadsts(code));

        assertRefused(ask(Map.of()), status, code, error);
        assertThat(ask(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void rateLimitsSayWhenToComeBack() throws Exception {
        idp.failNext(1, Fault.rateLimited(Duration.ofSeconds(9)));

        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("9");
    }

    @Test
    void thereIsNoThirdVersion() {
        assertThatIllegalArgumentException().isThrownBy(() -> rules.tokenVersion(API, 3));
    }

    private Answer ask(Map<String, String> changes) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), form(changes));
    }

    private Answer askTenant(String name) throws Exception {
        return Web.postForm(rules.authority().resolve("/" + name + "/oauth2/v2.0/token"), form(Map.of()));
    }

    private static void assertRefused(Answer answer, int status, int code, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_codes")).isEqualTo(Web.json("[" + code + "]"));
        assertThat(answer.json().path("error_description").asText()).startsWith("AADSTS" + code + ": ");
    }

    private static Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                CLIENT,
                "client_secret",
                SECRET,
                "scope",
                API + "/.default"));
        form.putAll(changes);
        return form;
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
