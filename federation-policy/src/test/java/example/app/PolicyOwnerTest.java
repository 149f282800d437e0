// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.net.URI;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyOwnerTest {
    private static final String APPLICATION_ID = "bc3cfe6c-469e-4130-b425-5384c4aa30bb";
    private static final FederationPolicy OF_ACCOUNT =
            FederationPolicy.builder().issuer("https://idp.example.com").build();
    private static final FederationPolicy OF_SUBJECT =
            OF_ACCOUNT.toBuilder().subject("s").build();
    private static final FederationPolicy WITH_KEYS = OF_SUBJECT.toBuilder()
            .jwksUri(URI.create("https://idp.example.com/jwks.json"))
            .build();

    @Test
    void servicePrincipalIsNamedByEitherId() {
        PolicyOwner numeric = PolicyOwner.servicePrincipal(3659993829438643L);
        PolicyOwner application = PolicyOwner.of(ServicePrincipal.of(APPLICATION_ID));

        assertThat(numeric.numericId()).isEqualTo(OptionalLong.of(3659993829438643L));
        assertThat(application.numericId()).isEmpty();
        assertThat(application.id()).isEqualTo(APPLICATION_ID);
        assertThat(application).hasToString("service principal " + APPLICATION_ID);
        assertThat(PolicyOwner.recipient("acme").numericId()).isEmpty();
    }

    @Test
    void eachKindTakesItsPolicies() {
        assertThat(PolicyOwner.servicePrincipal(1).require(WITH_KEYS)).isEqualTo(WITH_KEYS);
        assertThat(PolicyOwner.account().require(OF_ACCOUNT)).isEqualTo(OF_ACCOUNT);
        assertThat(PolicyOwner.recipient("acme").require(OF_SUBJECT)).isEqualTo(OF_SUBJECT);
    }

    @Test
    void subjectIsRequiredOrForbidden() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.servicePrincipal(1).require(OF_ACCOUNT))
                .withMessageContaining("has no subject")
                .withMessageContaining("everybody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.recipient("acme").require(OF_ACCOUNT))
                .withMessageContaining("has no subject");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.account().require(OF_SUBJECT))
                .withMessageContaining("of the account has no subject");
    }

    @Test
    void recipientsKeysAreFoundByDiscovery() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.recipient("acme").require(WITH_KEYS))
                .withMessageContaining("jwksUri");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the issuer      | {"issuer":"http://idp.example.com","subject":"s"}
            the issuer      | {"issuer":"https://idp.example.com ","subject":"s"}
            an audience     | {"issuer":"https://idp.example.com","subject":"s","audiences":[" a"]}
            the subject     | {"issuer":"https://idp.example.com","subject":"s "}
            subject claim   | {"issuer":"https://idp.example.com","subject":"s","subject_claim":" "}
            the jwksUri     | {"issuer":"https://idp.example.com","subject":"s","jwks_uri":"http://idp.example.com"}
            the jwksJson    | {"issuer":"https://idp.example.com","subject":"s","jwks_json":"{}"}
            """)
    void whatWasReadIsCheckedBeforeItIsWritten(String part, String json) {
        FederationPolicy stored = FederationPolicy.fromJson(json);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.servicePrincipal(1).require(stored))
                .withMessageContaining(part);
    }

    /** It becomes a segment of a path, and an argument of a command. */
    @ParameterizedTest
    @ValueSource(strings = {".", "..", "...", "--json=@/etc/passwd", "-x", "a\u001b[31m", "a\u202eb"})
    void aRecipientIsNoPathNoOptionAndCanBeSeen(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyOwner.recipient(name))
                .withMessageContaining("recipient")
                .withMessageNotContaining("\u001b");
    }

    @Test
    void idsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyOwner.servicePrincipal(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyOwner(PolicyOwner.Kind.SERVICE_PRINCIPAL, "kD3@clients"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyOwner(PolicyOwner.Kind.ACCOUNT, "f3b1"));
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyOwner.recipient(" "));
    }
}
