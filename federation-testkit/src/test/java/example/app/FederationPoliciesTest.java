// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.DesiredPolicy;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyField;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.policy.StoredPolicy;
import io.tokenfederation.testkit.Fault;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the strict stand-in. */
class FederationPoliciesTest {
    private final PolicyKeeping keeping = new PolicyKeeping();
    private final FederationPolicies ofEast = keeping.ofEast();

    @AfterEach
    void close() {
        keeping.close();
    }

    @Test
    void aPolicyIsCreatedAndRead() {
        DesiredPolicy desired =
                DesiredPolicy.of(keeping.policy("s")).withId("ci").withDescription("orders, production");

        StoredPolicy created = ofEast.create(desired);
        StoredPolicy read = ofEast.get("ci").orElseThrow();

        assertThat(created.id()).isEqualTo("ci");
        assertThat(read.policy()).isEqualTo(keeping.policy("s"));
        assertThat(read.description()).isEqualTo("orders, production");
        assertThat(read.uid()).isPresent().isEqualTo(created.uid());
        assertThat(read.name()).endsWith("/federationPolicies/ci");
        assertThat(read.createdAt()).contains(keeping.federation.clock.instant());
        assertThat(read.updatedAt()).isEqualTo(read.createdAt());
        assertThat(ofEast.get("other")).isEmpty();
    }

    @Test
    void databricksMakesAnIdWhereNoneIsGiven() {
        StoredPolicy created = ofEast.create(DesiredPolicy.of(keeping.policy("s")));

        assertThat(ofEast.get(created.id())).isPresent();
    }

    @Test
    void aPolicyOfTheAccountIsKeptInTheAccount() {
        FederationPolicies ofAccount = keeping.policies(PolicyOwner.account());
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(keeping.federation.idp.issuer())
                .build();

        StoredPolicy created = ofAccount.create(DesiredPolicy.of(policy).withId("everybody"));

        assertThat(created.policy()).isEqualTo(policy);
        assertThat(ofAccount.list().map(StoredPolicy::id)).containsExactly("everybody");
        assertThat(ofEast.list()).isEmpty();
    }

    @Test
    void aRecipientsPolicyIsKeptInTheWorkspace() {
        FederationPolicies ofPartner = keeping.ofRecipient("partner");
        DesiredPolicy desired =
                DesiredPolicy.of(keeping.policy("s")).withId("m2m").withDescription("nightly");

        StoredPolicy created = ofPartner.create(desired);

        assertThat(created.id()).isEqualTo("m2m");
        assertThat(created.description()).isEqualTo("nightly");
        assertThat(created.uid()).isPresent();
        assertThat(ofPartner.list().map(StoredPolicy::policy)).containsExactly(keeping.policy("s"));
        assertThat(ofPartner.get("m2m")).isPresent();
        assertThat(ofPartner.delete("m2m")).isTrue();
        assertThat(ofPartner.list()).isEmpty();
    }

    @Test
    void allPagesAreRead() {
        for (int i = 0; i < 20; i++) {
            keeping.databricks.policy(keeping.east, keeping.policy("s" + i));
        }
        ofEast.servicePrincipalId();
        long before = keeping.api.readRequests();

        assertThat(ofEast.list().map(stored -> stored.policy().subject().orElseThrow()))
                .hasSize(20)
                .startsWith("s0")
                .endsWith("s19");
        assertThat(keeping.api.readRequests() - before).isEqualTo(3);
    }

    @Test
    void aPageIsAskedForWhenItIsReached() {
        for (int i = 0; i < 20; i++) {
            keeping.databricks.policy(keeping.east, keeping.policy("s" + i));
        }
        keeping.ofEast().list();
        assertThat(keeping.api.readRequests()).isZero();

        Iterator<StoredPolicy> all = ofEast.list().iterator();
        for (int i = 0; i < 10; i++) {
            all.next();
        }
        assertThat(keeping.api.readRequests()).isEqualTo(2);
        all.next();
        assertThat(keeping.api.readRequests()).isEqualTo(3);
    }

    @Test
    void anUpdateChangesWhatItNamesAndClearsWhatIsGone() {
        DesiredPolicy first =
                DesiredPolicy.of(keeping.federation.policy().subject("s").build());
        ofEast.create(first.withId("ci").withDescription("d"));
        FederationPolicy next = FederationPolicy.builder()
                .issuer(keeping.federation.idp.issuer())
                .subject("t")
                .build();

        ofEast.update(DesiredPolicy.of(next).withId("ci"), Set.of(PolicyField.SUBJECT));
        StoredPolicy subject = ofEast.get("ci").orElseThrow();
        StoredPolicy all = ofEast.update(DesiredPolicy.of(next).withId("ci"), EnumSet.allOf(PolicyField.class));

        assertThat(subject.policy()).isEqualTo(keeping.policy("t"));
        assertThat(subject.description()).isEqualTo("d");
        assertThat(all.policy()).isEqualTo(next);
        assertThat(all.description()).isEmpty();
    }

    @Test
    void deletingTellsWhetherThereWasOne() {
        ofEast.create(DesiredPolicy.of(keeping.policy("s")).withId("ci"));

        assertThat(ofEast.delete("ci")).isTrue();
        assertThat(ofEast.delete("ci")).isFalse();
        assertThat(ofEast.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 63})
    void theShortestAndTheLongestIdAreTaken(int length) {
        String id = "a".repeat(length);

        assertThat(ofEast.create(DesiredPolicy.of(keeping.policy("s")).withId(id))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void theTwentyFirstPolicyIsOneTooMany() {
        for (int i = 0; i < 20; i++) {
            ofEast.create(DesiredPolicy.of(keeping.policy("s" + i)));
        }
        long before = keeping.api.writeRequests();

        assertThatThrownBy(() -> ofEast.create(DesiredPolicy.of(keeping.policy("s20"))))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.code()).isEqualTo("POLICY_LIMIT_REACHED");
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.fix()).contains("20");
                });
        assertThat(keeping.api.writeRequests() - before).isEqualTo(1);
    }

    @Test
    void aTakenIdIsSaidToBe() {
        ofEast.create(DesiredPolicy.of(keeping.policy("s")).withId("ci"));

        assertThatThrownBy(() ->
                        ofEast.create(DesiredPolicy.of(keeping.policy("t")).withId("ci")))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_EXISTS"));
    }

    @Test
    void anIssuerDatabricksCannotAskIsSaidToBe() {
        keeping.federation.idp.discovery().failAlways(Fault.cutConnection());

        assertThatThrownBy(() -> ofEast.create(DesiredPolicy.of(keeping.policy("s"))))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.code()).isEqualTo("POLICY_ISSUER_UNREACHABLE");
                    assertThat(e.fix()).contains("jwks_json");
                    assertThat(e).hasMessageContaining("Unable to load valid OpenID configuration");
                });
        assertThat(ofEast.list()).isEmpty();
    }

    @Test
    void anUnknownServicePrincipalIsSaidToBe() {
        ServicePrincipal nobody = ServicePrincipal.of("00000000-0000-4000-8000-000000000000");
        FederationPolicies byApplicationId = keeping.policies(PolicyOwner.of(nobody));
        FederationPolicies byNumber = keeping.policies(PolicyOwner.servicePrincipal(7));

        assertThatThrownBy(() -> byApplicationId.list().toList()).isInstanceOfSatisfying(PolicyException.class, e -> {
            assertThat(e.code()).isEqualTo("SERVICE_PRINCIPAL_NOT_FOUND");
            assertThat(e.fix()).contains("numeric id", "client id");
        });
        assertThatThrownBy(() -> byNumber.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("SERVICE_PRINCIPAL_NOT_FOUND"));
        assertThat(keeping.policies(PolicyOwner.servicePrincipal(ofEast.servicePrincipalId()))
                        .list())
                .isEmpty();
    }

    @Test
    void anUnknownRecipientIsSaidToBe() {
        assertThatThrownBy(() -> keeping.ofRecipient("nobody").list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_RECIPIENT_NOT_FOUND"));
    }

    @Test
    void anUnknownAccountIsSaidToBe() {
        FederationPolicies elsewhere = FederationPolicies.builder()
                .account(keeping.databricks.accountUrl().toString(), "00000000-0000-4000-8000-000000000000")
                .owner(PolicyOwner.account())
                .tokens(keeping.databricks.tokensOf(keeping.admin))
                .build();

        assertThatThrownBy(() -> elsewhere.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_API_NOT_FOUND"));
    }

    @Test
    void whatCannotBeIsNotSent() {
        FederationPolicy nobodys = FederationPolicy.builder()
                .issuer(keeping.federation.idp.issuer())
                .build();

        assertThatIllegalArgumentException().isThrownBy(() -> ofEast.create(DesiredPolicy.of(nobodys)));
        assertThatIllegalArgumentException().isThrownBy(() -> ofEast.ensure(nobodys));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keeping.policies(PolicyOwner.account()).ensure(keeping.policy("s")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofEast.update(DesiredPolicy.of(keeping.policy("s")), Set.of(PolicyField.SUBJECT)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ofEast.update(DesiredPolicy.of(keeping.policy("s")).withId("ci"), Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keeping.ofRecipient("partner").create(DesiredPolicy.of(keeping.policy("s"))));
        assertThatIllegalArgumentException().isThrownBy(() -> ofEast.get("../x"));
        assertThat(keeping.api.readRequests() + keeping.api.writeRequests()).isZero();
    }
}
