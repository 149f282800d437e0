// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which issuer gets a credential where the application sets none. */
class AuthorizationDiscoveryTest {
    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/mcp, https://mcp.example.com, true",
        "https://mcp.example.com/mcp, https://MCP.example.com:443/tenant, true",
        "https://mcp.example.com:8443/mcp, https://mcp.example.com:8443, true",
        "https://mcp.example.com:8443/mcp, https://mcp.example.com:9999, false",
        "https://mcp.example.com:8443/mcp, https://mcp.example.com, false",
        "https://mcp.example.com/mcp, https://login.example.com, false",
        "https://mcp.example.com/mcp, http://127.0.0.1:8080, false",
        "http://127.0.0.1:8080/mcp, http://127.0.0.1:9090, true",
        "http://localhost:8080/mcp, https://localhost:8443, true",
        "http://localhost:8080/mcp, http://127.0.0.1:8080, false"
    })
    void issuerOfNobodysChoiceIsAtTheServersOwnOrigin(URI server, URI issuer, boolean trusted) {
        assertThat(AuthorizationDiscovery.belongsTo(server, issuer)).isEqualTo(trusted);
    }
}
