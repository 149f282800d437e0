// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackIdpBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every dialect. */
class LoopbackDialectsTest {
    /** Each kind of provider, with the parameter by which a token for the API is asked for. */
    enum Kind {
        AUTH0("audience", "api://databricks") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.auth0();
            }
        },
        OKTA("scope", "exchange") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.okta();
            }
        },
        ENTRA("scope", "api://databricks/.default") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.entra();
            }
        },
        OIDC("scope", "exchange") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.oidc();
            }
        };

        private final String parameter;
        private final String value;

        Kind(String parameter, String value) {
            this.parameter = parameter;
            this.value = value;
        }

        abstract LoopbackIdpBuilder builder();

        LoopbackIdp start(FakeClock clock) {
            LoopbackIdp idp = builder().clock(clock).start();
            return idp.api("api://databricks")
                    .m2mClient("backend", "secret")
                    .grant("backend", "api://databricks", "exchange");
        }

        Answer ask(LoopbackIdp idp) throws Exception {
            return Web.postForm(
                    idp.tokenEndpoint(),
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            "backend",
                            "client_secret",
                            "secret",
                            parameter,
                            value));
        }

        String token(LoopbackIdp idp) throws Exception {
            return ask(idp).json().path("access_token").asText();
        }
    }

    private final FakeClock clock = new FakeClock();

    @ParameterizedTest
    @EnumSource
    void databricksTakesTheToken(Kind kind) throws Exception {
        try (LoopbackIdp idp = kind.start(clock)) {
            IdpToken token = IdpToken.parse(kind.token(idp));

            assertThat(token.issuer()).isEqualTo(idp.issuer());
            assertThat(token.subject()).isEqualTo(idp.subjectOf("backend"));
            assertThat(exchange(token).status()).isEqualTo(200);
        }
    }

    @Test
    void databricksTakesATokenOfEntrasVersion1() throws Exception {
        try (LoopbackIdp idp = Kind.ENTRA.start(clock)) {
            EntraRules.of(idp).tokenVersion("api://databricks", 1);
            IdpToken token = IdpToken.parse(Kind.ENTRA.token(idp));

            assertThat(token.issuer()).isEqualTo(EntraRules.of(idp).v1Issuer());
            assertThat(exchange(token).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOldKeyIsPublishedUntilItIsDropped(Kind kind) throws Exception {
        try (LoopbackIdp idp = kind.start(clock)) {
            IdpToken old = IdpToken.parse(kind.token(idp));
            idp.rotateKeys();
            IdpToken rotated = IdpToken.parse(kind.token(idp));

            assertThat(publishedKeys(idp))
                    .contains(old.keyId().orElseThrow(), rotated.keyId().orElseThrow());
            idp.dropOldKeys();
            assertThat(publishedKeys(idp))
                    .contains(rotated.keyId().orElseThrow())
                    .doesNotContain(old.keyId().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgeryChangesTheSubjectAndEnds(Kind kind) throws Exception {
        try (LoopbackIdp idp = kind.start(clock)) {
            idp.forgery().subjectSuffix("@elsewhere");
            String forged = IdpToken.parse(kind.token(idp)).subject();
            idp.forgery().end();
            String proper = IdpToken.parse(kind.token(idp)).subject();

            assertThat(forged).isEqualTo("backend@elsewhere");
            assertThat(proper).isEqualTo(idp.subjectOf("backend"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestIsCountedAndFaultsPass(Kind kind) throws Exception {
        try (LoopbackIdp idp = kind.start(clock)) {
            idp.failNext(1, Fault.status(503));

            assertThat(kind.ask(idp).status()).isEqualTo(503);
            assertThat(kind.ask(idp).status()).isEqualTo(200);
            assertThat(idp.tokenRequests()).isEqualTo(2);
            assertThat(idp.tokensIssued()).isEqualTo(1);
            assertThat(idp.environment()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void peoplesTokensAreOfTheSameIssuer(Kind kind) throws Exception {
        try (LoopbackIdp idp = kind.start(clock)) {
            IdpToken token =
                    IdpToken.parse(idp.userToken("sarah").audience("portal").sign());

            assertThat(token.issuer()).isEqualTo(idp.issuer());
            assertThat(exchange(token).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
            })
    void aKeyThatIsNoPublicKeyIsRefusedAtOnce(String key) {
        try (LoopbackIdp idp = LoopbackIdp.oidc().start()) {
            assertThatIllegalArgumentException().isThrownBy(() -> idp.m2mClientWithKey("signer", key));
        }
    }

    private Answer exchange(IdpToken token) throws Exception {
        try (LoopbackDatabricks databricks =
                LoopbackDatabricks.builder().clock(clock).start()) {
            ServicePrincipal west = databricks.servicePrincipal("sales-west", "west");
            databricks.policy(
                    west,
                    FederationPolicy.builder()
                            .issuer(token.issuer())
                            .audience(token.audiences().iterator().next())
                            .subject(token.subject())
                            .build());
            return Web.postForm(
                    databricks.workspaceUrl().resolve("/oidc/v1/token"),
                    Map.of(
                            "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                            "subject_token", token.value(),
                            "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                            "scope", "all-apis",
                            "client_id", west.toString()));
        }
    }

    private static Iterable<String> publishedKeys(LoopbackIdp idp) throws Exception {
        String base = idp.issuer().replaceAll("/$", "");
        JsonNode document =
                Web.get(URI.create(base + "/.well-known/openid-configuration")).json();
        return Web.get(URI.create(document.path("jwks_uri").asText()))
                .json()
                .path("keys")
                .findValuesAsText("kid");
    }
}
