// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.ReplyDates;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One walk through all checks: what they have found out so far. Used by one thread. */
final class Examination implements AutoCloseable {
    private final Setup setup;
    private final ServerClocks clocks;
    private final Workspace workspace;
    private final Map<ServicePrincipal, String> userNames = new HashMap<>();
    private final Map<ServicePrincipal, List<String>> memberships = new HashMap<>();
    private final Map<ServicePrincipal, List<FederationPolicy>> policies = new HashMap<>();
    private final Map<FederationPolicy, Optional<Problem>> signatures = new HashMap<>();
    private final List<CompletableFuture<DatabricksToken>> begun = new ArrayList<>();
    private @Nullable IdpToken jwt;
    private @Nullable DatabricksTokenExchanger databricks;
    private Optional<String> accountId;

    Examination(Setup setup) {
        this.setup = setup;
        this.clocks = new ServerClocks(setup.clock);
        this.accountId = setup.account.map(FederationDoctorBuilder.Account::id);
        HttpTransport transport = HttpTransport.create(Duration.ofSeconds(5), setup.requestTimeout);
        this.workspace = new Workspace(setup.workspace, transport, clocks);
    }

    Setup setup() {
        return setup;
    }

    ServerClocks clocks() {
        return clocks;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Asks the identity provider, once; the answer is the JWT of all checks that follow. */
    IdpToken mint() {
        IdpToken minted = ReplyDates.observing(clocks::ofIdp, () -> {
            try {
                return setup.idpTokenSource.mint();
            } catch (IOException e) {
                throw unreachable(e);
            } catch (UncheckedIOException e) {
                throw unreachable(e.getCause());
            }
        });
        if (minted == null) {
            throw new IdpTokenException(Problem.of(ErrorCode.ATTEMPT_FAILED, "the token source returned null"));
        }
        jwt = minted;
        return minted;
    }

    /** The JWT; there for every check that needs the one that mints it. */
    IdpToken jwt() {
        if (jwt == null) {
            throw new IllegalStateException("a check that looks at the JWT needs " + TokenCheck.NAME);
        }
        return jwt;
    }

    /** The exchanger of all roles. All their exchanges are begun at once, so that an outage is waited for once. */
    DatabricksTokenExchanger databricks() {
        if (databricks == null) {
            IdpToken minted = jwt();
            databricks = DatabricksTokenExchanger.builder()
                    .workspace(setup.workspace.toString())
                    .idpTokenSource(() -> minted)
                    .requestTimeout(setup.requestTimeout)
                    .waitTimeout(setup.requestTimeout.multipliedBy(3))
                    .build();
            for (ServicePrincipal principal : setup.roles.values()) {
                begun.add(databricks.tokenForAsync(principal));
            }
        }
        return databricks;
    }

    String token(ResolvedRole role) {
        return databricks().tokenFor(role.servicePrincipal()).value();
    }

    /** {@return the account's id; empty if nobody has told} */
    Optional<String> accountId() {
        return accountId;
    }

    void accountIdIs(String id) {
        accountId = accountId.or(() -> Optional.of(id));
    }

    void userNameIs(ResolvedRole role, String userName, List<String> groups) {
        userNames.put(role.servicePrincipal(), userName);
        memberships.put(role.servicePrincipal(), groups);
    }

    /** {@return whom the workspace takes the role's token for} */
    String userName(ResolvedRole role) {
        return userNames.getOrDefault(role.servicePrincipal(), "");
    }

    /** {@return the groups the workspace names when asked who one is} */
    List<String> groups(ResolvedRole role) {
        return memberships.getOrDefault(role.servicePrincipal(), List.of());
    }

    void policiesAre(ResolvedRole role, List<FederationPolicy> found) {
        policies.put(role.servicePrincipal(), found);
    }

    /** {@return the policies that could be read; empty if none could, or there are none} */
    List<FederationPolicy> policies(ResolvedRole role) {
        return policies.getOrDefault(role.servicePrincipal(), List.of());
    }

    /** {@return what speaks against the JWT's signature, by the keys of this policy; asked once, as keys are fetched} */
    Optional<Problem> signatureProblem(FederationPolicy policy) {
        return signatures.computeIfAbsent(policy, asked -> {
            try {
                asked.verify(jwt());
                return Optional.empty();
            } catch (PolicyException e) {
                return Optional.of(e.problem());
            }
        });
    }

    void waiting(String check, ResolvedRole role, String what) {
        setup.progress.accept(new Progress.Waiting(check, Optional.of(role.name()), what));
    }

    @Override
    public void close() {
        begun.forEach(attempt -> attempt.cancel(false));
        if (databricks != null) {
            databricks.close();
        }
    }

    private static IdpTokenException unreachable(@Nullable IOException e) {
        String how = e instanceof HttpTimeoutException ? "gave no answer in time" : "could not be reached";
        return new IdpTokenException(
                Problem.of(ErrorCode.IDP_UNREACHABLE, "the identity provider " + how + ": " + Failures.name(e)));
    }
}
