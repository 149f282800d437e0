// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.OidcTokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client as docs/oidc.md creates it, word for word. */
@ExtendWith(WithKeycloak.class)
class KeycloakGuideTest {
    private static final Pattern CLIENT = Pattern.compile("<<'JSON'\n(.*?)\nJSON\n", Pattern.DOTALL);

    @Test
    void clientOfTheGuideGetsTokensThatLiveAnHour(Keycloak keycloak) throws IOException {
        Matcher guide = CLIENT.matcher(Files.readString(Path.of("../docs/oidc.md")));
        assertThat(guide.find()).isTrue();
        Realm realm = keycloak.realm("guide").withClientAsWritten(guide.group(1));

        IdpToken token = OidcTokenSource.builder()
                .issuer(realm.issuer())
                .clientId("databricks-backend")
                .clientSecret(realm.secretOf("databricks-backend"))
                .requestTimeout(Backend.PATIENCE)
                .build()
                .mint();

        assertThat(token.audiences()).contains("https://adb-1234567890123456.7.azuredatabricks.net");
        assertThat(token.subject()).isEqualTo(realm.serviceAccountOf("databricks-backend"));
        assertThat(token.expiresAt()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    }
}
