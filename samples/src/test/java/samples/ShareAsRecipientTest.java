// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.deltasharing.SharingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareAsRecipientTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void recipientSeesVersionSchemaFilesAndRows() throws IOException {
        ShareAsRecipient.run(Map.of(), out);

        assertThat(lines())
                .contains("on stand-ins")
                .contains("sales.public.orders, version 1")
                .contains("\"name\":\"customer\"", "\"name\":\"region\"")
                .contains("2 rows of {region=west} in a file that starts with PAR1")
                .contains("1 rows of {region=east} in a file that starts with PAR1");
    }

    /** And the object store, which refuses whoever brings a token, had nothing to refuse. */
    @Test
    void oneJwtOpensEverythingAndNothingIsExchanged() throws IOException {
        try (ShareStandIns world = new ShareStandIns()) {
            ShareAsRecipient.run(world.environment(), out);

            assertThat(world.entra().tokenRequests()).isEqualTo(1);
            assertThat(world.server().refusedRequests()).isZero();
            assertThat(world.server().fileRequests()).isEqualTo(2);
        }
        assertThat(lines()).doesNotContain("eyJ").doesNotContain("Signature=");
    }

    @Test
    void recipientWhosePolicyIsGoneIsRefusedByName() throws IOException {
        try (ShareStandIns world = new ShareStandIns()) {
            world.server().removePolicies("acme");

            assertThatThrownBy(() -> ShareAsRecipient.run(world.environment(), out))
                    .isInstanceOf(SharingException.class)
                    .hasMessageContaining("TOKEN_REJECTED")
                    .hasMessageContaining("azp='nightly-job'");
        }
    }

    @Test
    void profileWithoutItsSecretSaysSo() throws IOException {
        try (ShareStandIns world = new ShareStandIns()) {
            Map<String, String> env = new HashMap<>(world.environment());
            env.remove("SHARING_CLIENT_SECRET");

            assertThatThrownBy(() -> ShareAsRecipient.run(env, out))
                    .hasMessageContaining("SHARING_PROFILE_INVALID")
                    .hasMessageContaining("'clientSecret'");
            assertThat(world.entra().tokenRequests()).isZero();
        }
    }

    @Test
    void worldTakesItsProfileAway() throws IOException {
        Map<String, String> env;
        try (ShareStandIns world = new ShareStandIns()) {
            env = world.environment();
        }

        assertThat(Path.of(env.get("SHARING_PROFILE"))).doesNotExist();
    }

    private String lines() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
