// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.tokenfederation.ClientAssertion;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import java.io.FileNotFoundException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a token endpoint sees of a client that signs, instead of sending a secret. */
final class ClientAssertionTest {
    private static final Workspace IDP = new Workspace();
    private static final RSAKey KEY = key("2026-11");

    @BeforeEach
    void forgetRequests() {
        IDP.workspace.resetAll();
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\"}"));
    }

    @AfterAll
    static void stop() {
        IDP.close();
    }

    @Test
    void theAssertionIsSignedByTheKeyAndNamesTheClientTwice() throws Exception {
        source(ClientAssertion.signedBy(signingKey())).build().mint();

        SignedJWT assertion = assertion(0);
        JWTClaimsSet claims = assertion.getJWTClaimsSet();
        assertThat(assertion.verify(new RSASSAVerifier(KEY.toRSAPublicKey()))).isTrue();
        assertThat(assertion.getHeader().getKeyID()).isEqualTo("2026-11");
        assertThat(assertion.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(claims.getIssuer()).isEqualTo("client-1");
        assertThat(claims.getSubject()).isEqualTo("client-1");
        assertThat(claims.getAudience()).containsExactly(IDP.url() + "/token");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(form(0))
                .containsEntry(
                        "client_assertion_type", List.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))
                .containsEntry("client_id", List.of("client-1"))
                .doesNotContainKey("client_secret");
    }

    @Test
    void assertionForNobodyIsRefusedByName() {
        ClientAssertion assertion = ClientAssertion.issuedBy(() -> IdpToken.parse("not asked"));
        URI endpoint = URI.create(IDP.url() + "/token");

        assertThatNullPointerException()
                .isThrownBy(() -> assertion.mint(null, endpoint, Instant.EPOCH))
                .withMessage("clientId");
        assertThatNullPointerException()
                .isThrownBy(() -> assertion.mint("client-1", null, Instant.EPOCH))
                .withMessage("tokenEndpoint");
        assertThatNullPointerException()
                .isThrownBy(() -> assertion.mint("client-1", endpoint, null))
                .withMessage("now");
    }

    @Test
    void eachRequestHasAnAssertionOfItsOwn() throws Exception {
        OidcTokenSource source = source(ClientAssertion.signedBy(signingKey())).build();

        source.mint();
        source.mint();

        assertThat(assertion(0).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(assertion(1).getJWTClaimsSet().getJWTID());
    }

    @Test
    void audienceLifetimeAndTypeAreTheProviders() throws Exception {
        source(ClientAssertion.signedBy(signingKey())
                        .audience("https://dev-1.us.auth0.com/")
                        .lifetime(Duration.ofMinutes(5))
                        .type("client-authentication+jwt")
                        .withoutClientId())
                .build()
                .mint();

        JWTClaimsSet claims = assertion(0).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("https://dev-1.us.auth0.com/");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(assertion(0).getHeader().getType().getType()).isEqualTo("client-authentication+jwt");
        assertThat(form(0)).doesNotContainKey("client_id");
    }

    @Test
    void aKeyThatIsRotatedSignsFromTheNextRequestOn() throws Exception {
        RSAKey next = key("2026-12");
        AtomicReference<SigningKey> present = new AtomicReference<>(signingKey());
        OidcTokenSource source = source(ClientAssertion.signedBy(present::get)).build();
        source.mint();

        present.set(SigningKey.fromJwk(next.toJSONString()));
        source.mint();

        assertThat(assertion(1).getHeader().getKeyID()).isEqualTo("2026-12");
        assertThat(assertion(1).verify(new RSASSAVerifier(next.toRSAPublicKey())))
                .isTrue();
    }

    @Test
    void anotherIssuersJwtIsSentAsItIs() {
        String foreign = Jwts.endingAt(Instant.now().plusSeconds(600));

        source(ClientAssertion.issuedBy(() -> IdpToken.parse(foreign))).build().mint();

        assertThat(form(0))
                .containsEntry("client_assertion", List.of(foreign))
                .containsEntry("client_id", List.of("client-1"));
    }

    @Test
    void anotherIssuersJwtThatCannotBeHadIsTheApplicationsToMend() {
        OidcTokenSource source = source(ClientAssertion.issuedBy(() -> {
                    throw new FileNotFoundException("azure-identity-token");
                }))
                .build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasCauseInstanceOf(FileNotFoundException.class);
        assertThat(IDP.workspace.getAllServeEvents()).isEmpty();
    }

    @Test
    void anotherIssuersJwtCannotBeChanged() {
        ClientAssertion foreign = ClientAssertion.issuedBy(
                () -> IdpToken.parse(Jwts.endingAt(Instant.now().plusSeconds(600))));

        assertThatIllegalStateException()
                .isThrownBy(() -> foreign.audience("https://idp.example.com"))
                .withMessageContaining("as it is");
    }

    @Test
    void anAssertionLivesAnHourAtMost() {
        ClientAssertion assertion = ClientAssertion.signedBy(signingKey());

        assertThatIllegalArgumentException().isThrownBy(() -> assertion.lifetime(Duration.ofMinutes(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> assertion.lifetime(Duration.ZERO));
    }

    @Test
    void aSecretThatIsRotatedIsSentFromTheNextRequestOn() {
        AtomicReference<String> present = new AtomicReference<>("old");
        OidcTokenSource source = client().clientSecret(present::get).build();
        source.mint();

        present.set("new");
        source.mint();

        assertThat(form(0)).containsEntry("client_secret", List.of("old"));
        assertThat(form(1)).containsEntry("client_secret", List.of("new"));
    }

    @Test
    void aSecretThatIsNotThereIsNamedAndNothingIsSent() {
        IdpTokenException empty = catchThrowableOfType(
                IdpTokenException.class, client().clientSecret(() -> " ").build()::mint);
        IdpTokenException broken = catchThrowableOfType(
                IdpTokenException.class,
                client().clientSecret(() -> Optional.<String>empty().orElseThrow())
                        .build()::mint);

        assertThat(empty.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(empty).hasMessageContaining("client secret");
        assertThat(broken.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(IDP.workspace.getAllServeEvents()).isEmpty();
    }

    @Test
    void aSecretWithAFilesLineBreakIsNamedAndNotSent() {
        IdpTokenException late = catchThrowableOfType(
                IdpTokenException.class, client().clientSecret(() -> "c4n4ry\n").build()::mint);

        assertThat(late.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(late.retryable()).isFalse();
        assertThat(late).hasMessageContaining("white space").hasMessageNotContaining("c4n4ry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client().clientSecret("c4n4ry\n"))
                .withMessageContaining("white space")
                .withMessageNotContaining("c4n4ry");
        assertThat(IDP.workspace.getAllServeEvents()).isEmpty();
    }

    @Test
    void aVariableThatIsNotSetIsNamedByItsSetting() {
        String unset = System.getenv("NO_SUCH_VARIABLE_HERE");

        assertThatNullPointerException()
                .isThrownBy(() -> client().clientSecret(unset))
                .withMessageContaining("clientSecret is null");
    }

    @Test
    void aShortSecretDoesNotEatTheWordsOfARefusal() {
        IDP.answers(json(401, "{\"error\":\"invalid_client\",\"error_description\":\"The client secret is wrong\"}"));

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class, client().clientSecret("secret").build()::mint);

        assertThat(failure).hasMessageContaining("The client secret is wrong");
    }

    @Test
    void neitherAssertionNorSecretStandsInAMessageThatRepeatsThem() {
        IDP.answers(json(400, "{\"error\":\"invalid_request\",\"error_description\":\"got hunter2hunter2\"}"));

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class,
                client().clientSecret(() -> "hunter2hunter2").build()::mint);

        assertThat(failure).hasMessageContaining("[removed]").hasMessageNotContaining("hunter2hunter2");
    }

    @Test
    void twoWaysToAuthenticateAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> source(ClientAssertion.signedBy(signingKey()))
                        .clientSecret("secret")
                        .build())
                .withMessageContaining("not both");
    }

    private static OidcTokenSourceBuilder source(ClientAssertion assertion) {
        return client().clientAssertion(assertion);
    }

    private static OidcTokenSourceBuilder client() {
        return OidcTokenSource.builder().tokenEndpoint(IDP.url() + "/token").clientId("client-1");
    }

    private static SigningKey signingKey() {
        return SigningKey.fromJwk(KEY.toJSONString());
    }

    private static SignedJWT assertion(int request) throws java.text.ParseException {
        return SignedJWT.parse(form(request).get("client_assertion").get(0));
    }

    /** The journal has the latest request first. */
    private static Map<String, List<String>> form(int request) {
        var events = IDP.workspace.getAllServeEvents();
        return URLUtils.parseParameters(
                events.get(events.size() - 1 - request).getRequest().getBodyAsString());
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
