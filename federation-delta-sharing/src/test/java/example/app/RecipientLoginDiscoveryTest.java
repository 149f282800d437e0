// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.testkit.LoopbackIdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipient's discovery document may say, and what ends a login before a browser opens. */
class RecipientLoginDiscoveryTest {
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc());
    private final Visitor ana = world.ana();

    @AfterEach
    void close() {
        world.close();
    }

    private static IdpTokenException failure(RecipientLogin login) {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, login::login);
        assertThat(catchThrowableOfType(IdpTokenException.class, login::token).code())
                .isEqualTo("LOGIN_REQUIRED");
        return failure;
    }

    @ParameterizedTest
    @CsvSource({"404, IDP_DISCOVERY_FAILED", "503, IDP_UNAVAILABLE", "429, IDP_RATE_LIMITED"})
    void recipientWithoutADocumentOpensNoBrowser(int status, String code) {
        world.documentStatus(status);

        assertThat(failure(world.login(ana)).code()).isEqualTo(code);
        assertThat(ana.opened()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{}",
                "{\"issuer\":\"https://i.example\",\"authorization_endpoint\":\"http://i.example/a\",\"token_endpoint\":\"http://i.example/t\"}",
                "{\"issuer\":\"https://i.example\",\"authorization_endpoint\":\"https://i.example/a#b\",\"token_endpoint\":\"https://i.example/t\"}"
            })
    void documentThatIsNoneIsSaidToBeNone(String document) {
        world.document(text -> document);

        IdpTokenException e = failure(world.login(ana));

        assertThat(e.code()).isEqualTo("IDP_DISCOVERY_FAILED");
        assertThat(e.fix()).contains("OIDC profile web portal");
        assertThat(ana.opened()).isZero();
    }

    @Test
    void issuerThatIsKnownMustBeTheOneOfTheDocument() {
        IdpTokenException e = failure(world.builder()
                .issuer("https://login.recipient.example")
                .browser(ana)
                .build());

        assertThat(e.code()).isEqualTo("IDP_ISSUER_MISMATCH");
        assertThat(ana.opened()).isZero();
    }

    @Test
    void ofAnIssuerThatIsKnownItsOwnDocumentCounts() {
        world.document(text -> text.replaceFirst(
                "\"token_endpoint\":\"[^\"]+\"", "\"token_endpoint\":\"https://attacker.example/token\""));
        RecipientLogin login =
                world.builder().issuer(world.idp().issuer()).browser(ana).build();

        login.login();

        assertThat(login.token()).isNotNull();
    }
}
