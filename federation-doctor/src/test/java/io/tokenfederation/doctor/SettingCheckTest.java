// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingCheckTest {
    private static final String ACCOUNT = "9a1c4e0f-6d5b-4f0e-8a43-2f1f5f3f7a10";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:8080/realms/main",
                "https://127.0.0.1/",
                "https://10.0.0.7",
                "https://172.16.4.4/",
                "https://172.31.4.4/",
                "https://192.168.1.1",
                "https://169.254.1.1",
                "https://100.64.0.1",
                "https://[::1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://kubernetes.default.svc",
                "https://kubernetes.default.svc.cluster.local",
                "https://keycloak",
                "https://sso.corp/realms/main",
                "https://SSO.Internal/"
            })
    void issuerOnAPrivateNetworkCannotBeReached(String issuer) {
        assertThat(SettingCheck.issuer(issuer)).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("ISSUER_NOT_PUBLIC");
            assertThat(problem.fix()).contains(issuer, "jwks_json");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://dev-1.us.auth0.com/",
                "https://login.microsoftonline.com/t/v2.0",
                "https://172.32.0.1/",
                "https://100.128.0.1/",
                "https://11.0.0.7/",
                "https://internal.example.com",
                "https://local.example.com",
                "https://[2001:db8::1]/",
                "kubernetes/serviceaccount",
                "not a url",
                ""
            })
    void publicIssuerOrNoAddressAtAllIsLeftAlone(String issuer) {
        assertThat(SettingCheck.issuer(issuer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3659993829438643, numeric id",
        "client-1@clients, subject of an Auth0 token",
        "kD3abcdef, client id",
        "'', empty"
    })
    void otherIdsAreNoApplicationIds(String text, String said) {
        assertThat(SettingCheck.servicePrincipal(text)).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("SERVICE_PRINCIPAL_ID_WRONG");
            assertThat(problem.message()).contains(said);
        });
    }

    @Test
    void applicationIdIsOne() {
        assertThat(SettingCheck.servicePrincipal(ACCOUNT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://accounts.azuredatabricks.net, account console",
        "https://adb-1.2.azuredatabricks.net/?o=1, leave out what follows",
        "https://adb-1.2.azuredatabricks.net/sql, leave out what follows",
        "adb-1.2.azuredatabricks.net, whole URL",
        "http://adb-1.2.azuredatabricks.net, https"
    })
    void hostThatIsNoWorkspaceIsTold(String url, String said) {
        assertThat(SettingCheck.workspace(url)).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("DATABRICKS_HOST_WRONG");
            assertThat(problem.message()).contains(said);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://adb-1.2.azuredatabricks.net, " + ACCOUNT + ", is a workspace",
        "https://dbc-0a1b.cloud.databricks.com, " + ACCOUNT + ", is a workspace",
        "https://accounts.azuredatabricks.net, 1234, UUID"
    })
    void hostThatIsNoAccountConsoleIsTold(String url, String account, String said) {
        assertThat(SettingCheck.account(url, account))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains(said));
    }

    @Test
    void rightHostsAreLeftAlone() {
        assertThat(SettingCheck.workspace("https://adb-1.2.azuredatabricks.net/"))
                .isEmpty();
        assertThat(SettingCheck.account("https://accounts.azuredatabricks.net", ACCOUNT))
                .isEmpty();
    }
}
