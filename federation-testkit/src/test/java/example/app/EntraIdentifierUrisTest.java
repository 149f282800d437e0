// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works against the stand-in must be possible in a tenant. */
final class EntraIdentifierUrisTest {
    private final LoopbackIdp idp = LoopbackIdp.entra().start();

    @AfterEach
    void close() {
        idp.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://adb-1.azuredatabricks.net",
                "HTTPS://api.contoso.com",
                "http://contoso.com",
                "https://notonmicrosoft.com"
            })
    void webAddressOnADomainOfSomebodyElseIsRefused(String identifier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> idp.api(identifier))
                .withMessageContaining("'" + identifier + "'")
                .withMessageContaining("api://<client id>")
                .withMessageContaining("verifiedDomain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api://databricks",
                "11111111-1111-1111-1111-111111111111",
                "https://contoso.onmicrosoft.com/databricks",
                "https://management.core.windows.net/"
            })
    void othersCanBeRegistered(String identifier) {
        assertThatCode(() -> idp.api(identifier)).doesNotThrowAnyException();
    }

    @Test
    void webAddressOnAVerifiedDomainCanBeRegistered() {
        EntraRules.of(idp).verifiedDomain("contoso.com");

        assertThatCode(() -> idp.api("https://api.contoso.com/databricks")).doesNotThrowAnyException();
    }
}
