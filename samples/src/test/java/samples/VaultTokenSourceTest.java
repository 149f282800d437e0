// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider of one's own that the guide shows, on a server that answers as Vault documents it. */
class VaultTokenSourceTest {
    private final LoopbackIdp signer = LoopbackIdp.auth0().start();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer vault;

    @BeforeEach
    void start() throws IOException {
        signer.api("databricks").m2mClient("backend", "secret").grant("backend", "databricks");
        vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext("/v1/identity/oidc/token/databricks", call -> {
            boolean known = "hvs.1".equals(call.getRequestHeaders().getFirst("X-Vault-Token"));
            byte[] body = ("{\"data\":{\"client_id\":\"databricks\",\"token\":\"" + jwt() + "\",\"ttl\":3600}}")
                    .getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(known ? status.get() : 403, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        vault.start();
    }

    @AfterEach
    void stop() {
        vault.stop(0);
        signer.close();
    }

    @Test
    void itsJwtBecomesADatabricksToken() {
        try (LoopbackDatabricks databricks = LoopbackDatabricks.builder().start()) {
            ServicePrincipal principal = databricks.servicePrincipal("west_sales", "sales-west");
            databricks.policy(
                    principal,
                    FederationPolicy.builder()
                            .issuer(signer.issuer())
                            .audience("databricks")
                            .subject("backend@clients")
                            .build());
            DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                    .workspace(databricks.workspaceUrl().toString())
                    .idpTokenSource(source("hvs.1"))
                    .build();

            assertThat(exchanger.tokenFor(principal).servicePrincipal()).contains(principal);
        }
    }

    @Test
    void aVaultTokenThatMayNotIsExplainedAndNotShown() {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source("hvs.c4n4ry")::mint);

        assertThat(failure.code()).isEqualTo("VAULT_PERMISSION_DENIED");
        assertThat(failure.fix()).contains("identity/oidc/token/databricks");
        assertThat(failure.toString()).doesNotContain("c4n4ry");
        assertThat(source("hvs.c4n4ry").toString()).doesNotContain("c4n4ry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hvs.c4n4ry\n", "hvs c4n4ry", ""})
    void aVaultTokenThatIsNoneIsNeitherSentNorShown(String vaultToken) {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source(vaultToken)::mint);

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasNoCause();
        assertThat(failure.toString()).doesNotContain("c4n4ry");
    }

    @Test
    void aReplyThatIsNoJsonIsNotQuoted() {
        vault.removeContext("/v1/identity/oidc/token/databricks");
        vault.createContext("/", call -> {
            byte[] body = "eyJc4n4ry.e30.sig".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source("hvs.1")::mint);

        assertThat(failure.code()).isEqualTo("IDP_REPLY_UNREADABLE");
        assertThat(failure).hasNoCause().hasMessageNotContaining("c4n4ry");
    }

    @Test
    void aVaultTokenGoesNowhereInTheClear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new VaultTokenSource(URI.create("http://vault.example.com:8200"), "databricks", () -> "hvs.1"))
                .withMessageContaining("https");
    }

    @ParameterizedTest
    @CsvSource({
        "404, VAULT_ROLE_UNKNOWN, false",
        "429, IDP_RATE_LIMITED, true",
        "503, IDP_UNAVAILABLE, true",
        "307, IDP_REFUSED, false"
    })
    void aRefusalHasACode(int answer, String code, boolean retryable) {
        status.set(answer);

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source("hvs.1")::mint);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    private VaultTokenSource source(String vaultToken) {
        return new VaultTokenSource(
                URI.create("http://127.0.0.1:" + vault.getAddress().getPort()), "databricks", () -> vaultToken);
    }

    private String jwt() {
        return OidcTokenSource.builder()
                .tokenEndpoint(signer.tokenEndpoint().toString())
                .clientId("backend")
                .clientSecret("secret")
                .audience("databricks")
                .build()
                .mint()
                .value();
    }
}
