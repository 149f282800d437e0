// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.deltasharing.RecipientLoginBuilder;
import io.tokenfederation.testkit.LoopbackIdp;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a login refuses to be built with. */
class RecipientLoginSettingsTest {
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatIsMissingIsSaidWhenItIsBuilt() {
        RecipientLoginBuilder builder = RecipientLogin.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("recipient(uri)");
        builder.recipient(world.recipient());
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientId(id)");
        builder.clientId("c");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("scopes(...)");
        builder.scopes("s");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("browser(opener)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "http://192.0.2.1/",
                "http://127.0.0.1/?a=b",
                "http://u@127.0.0.1/",
                "app:callback"
            })
    void redirectIsToThisMachine(String redirect) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipientLogin.builder().redirect(URI.create(redirect)))
                .withMessageContaining("http to this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "code_challenge", "redirect_uri", "client_secret", " "})
    void parametersOfTheProtocolCannotBeSet(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipientLogin.builder().parameter(name, "x"));
    }

    @Test
    void scopeWithASpaceIsTwoScopes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipientLogin.builder().scopes("read offline_access"))
                .withMessageContaining("each without spaces");
    }
}
