// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.policy.DesiredPolicy;
import io.tokenfederation.policy.Ensured;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyOwner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a refused exchange to one that works, as the guide to policies says, over the wire. */
class PoliciesGuideTest {
    private final Deployment deployment = new Deployment();
    private final IdpTokenSource idp = deployment.auth0().build();
    private final String accountUrl = deployment.databricks.accountUrl().toString();
    private final String accountId = deployment.databricks.accountId();
    private final ServicePrincipal deployer = deployment.databricks.servicePrincipal("deployer");
    private final ServicePrincipal west = deployment.databricks.servicePrincipal("new-west-sales");

    PoliciesGuideTest() {
        // By hand, once: the account admin that keeps all other policies.
        deployment.databricks.accountAdmin(deployer);
        deployment.databricks.policy(deployer, deployment.policy());
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void aRefusedExchangeWorksOnceThePolicyOfTheTokenIsThere() throws IOException {
        try (DatabricksTokenExchanger before = deployment.exchanger()) {
            assertThatThrownBy(() -> before.tokenFor(west))
                    .isInstanceOfSatisfying(
                            TokenExchangeException.class,
                            e -> assertThat(e.code()).isEqualTo("NO_FEDERATION_POLICY"));
        }

        DatabricksTokenSource admin = DatabricksTokenExchanger.builder()
                .account(accountUrl, accountId)
                .idpTokenSource(idp)
                .build()
                .sourceFor(deployer);

        FederationPolicies policies = FederationPolicies.builder()
                .account(accountUrl, accountId)
                .owner(PolicyOwner.of(west))
                .tokens(admin)
                .build();
        IdpToken token = idp.mint();
        Ensured done = policies.ensure(FederationPolicy.matching(token));
        System.getLogger("deploy").log(System.Logger.Level.INFO, done); // created policy …, or: unchanged policy …

        assertThat(done.outcome()).isEqualTo(Ensured.Outcome.CREATED);
        try (DatabricksTokenExchanger after = deployment.exchanger()) {
            DatabricksToken works = after.tokenFor(west);
            assertThat(works.servicePrincipal()).contains(west);
        }
        assertThat(policies.ensure(FederationPolicy.matching(token)).outcome()).isEqualTo(Ensured.Outcome.UNCHANGED);
        assertThat(deployment.databricks.policyApi().writeRequests()).isEqualTo(1);
    }

    @Test
    void aPolicyWithTheWrongSlashIsMendedUnderItsId() throws IOException {
        DatabricksTokenSource admin = deployment.databricks.tokensOf(deployer);
        FederationPolicies policies = FederationPolicies.builder()
                .account(accountUrl, accountId)
                .owner(PolicyOwner.of(west))
                .tokens(admin)
                .build();
        FederationPolicy typo = FederationPolicy.builder()
                .issuer(deployment.idp.issuer())
                .audience(Deployment.AUDIENCE + "/")
                .subject("sales-backend@clients")
                .build();
        policies.ensure(DesiredPolicy.of(typo).withId("auth0-backend"));
        try (DatabricksTokenExchanger before = deployment.exchanger()) {
            assertThatThrownBy(() -> before.tokenFor(west))
                    .isInstanceOfSatisfying(
                            TokenExchangeException.class,
                            e -> assertThat(e.code()).isEqualTo("AUDIENCE_MISMATCH"));
        }

        FederationPolicy policy = FederationPolicy.matching(idp.mint());

        DesiredPolicy desired = DesiredPolicy.of(policy).withId("auth0-backend").withDescription("orders, production");
        Ensured done = policies.ensure(desired); // updated policy auth0-backend: audiences, description

        assertThat(done).hasToString("updated policy auth0-backend: audiences, description");
        try (DatabricksTokenExchanger after = deployment.exchanger()) {
            assertThat(after.tokenFor(west).servicePrincipal()).contains(west);
        }
        assertThat(policies.list()).hasSize(1);
    }

    @Test
    void everyRoleGetsItsPolicy() throws IOException {
        DatabricksTokenSource admin = deployment.databricks.tokensOf(deployer);
        FederationPolicy policy = FederationPolicy.matching(idp.mint());
        List<ServicePrincipal> principals = List.copyOf(deployment.principals.values());
        principals.forEach(deployment.databricks::removePolicies);

        FederationPolicies policies = FederationPolicies.builder()
                .account(accountUrl, accountId)
                .owner(PolicyOwner.account())
                .tokens(admin)
                .build();
        for (ServicePrincipal principal : principals) {
            policies.withOwner(PolicyOwner.of(principal)).ensure(policy);
        }

        Map<ServicePrincipal, Long> exchanges;
        try (DatabricksTokenExchanger exchanger = deployment.exchanger()) {
            principals.forEach(exchanger::tokenFor);
            exchanges = principals.stream().collect(Collectors.toMap(one -> one, deployment.databricks::exchanges));
        }
        assertThat(exchanges.values()).hasSize(6).containsOnly(1L);
    }

    @Test
    void whoIsNoAdminHearsWhatIsMissing() throws IOException {
        FederationPolicies policies = FederationPolicies.builder()
                .account(accountUrl, accountId)
                .owner(PolicyOwner.of(west))
                .tokens(deployment.exchanger().sourceFor(deployment.principal("support")))
                .build();

        assertThatThrownBy(() -> policies.ensure(FederationPolicy.matching(idp.mint())))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.code()).isEqualTo("PERMISSION_DENIED");
                    assertThat(e).hasMessageContaining("account admin").hasMessageContaining("as service principal");
                });
    }
}
