// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.RecipientLogin;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The example of the guide to a person's login, as it stands there. */
class RecipientLoginGuideTest {
    @Test
    void nobodyIsSentToABrowserByTheWay() {
        RecipientLogin login =
                login(URI.create("https://dbc-1.example.com/recipients/2"), "client", "api://sharing/Read");

        assertThatThrownBy(login::token).isInstanceOf(IdpTokenException.class).hasMessageContaining("LOGIN_REQUIRED");
    }

    private static RecipientLogin login(URI recipient, String clientId, String scope) {
        RecipientLogin login = RecipientLogin.builder()
                .recipient(recipient) // https://HOST/api/2.0/delta-sharing/metastores/…/recipients/…
                .clientId(clientId)
                .scopes(scope, "offline_access")
                .browser(address -> System.err.println("Open this address to log in: " + address))
                .build();
        return login;
    }
}
