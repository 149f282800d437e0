// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Databricks workspace and its account on this machine, as strict as the real ones.
 *
 * <pre>{@code
 * try (LoopbackDatabricks databricks = LoopbackDatabricks.builder().start()) {
 *     ServicePrincipal principal = databricks.servicePrincipal("sales-west", "west");
 *     databricks.policy(principal, FederationPolicy.matching(token));
 *     // POST databricks.workspaceUrl() + "/oidc/v1/token" …
 * }
 * }</pre>
 *
 * <p>It verifies signature, policy and times of every token it exchanges, and gives its own tokens the end of theirs.
 * Issuers' keys are fetched once, and again when a token names a key that is not among them. It answers SCIM's {@code Me}, SQL statements, Genie and serving endpoints, listens on 127.0.0.1 only, and knows
 * nobody until told. Thread-safe. For tests and samples only.
 */
public final class LoopbackDatabricks implements AutoCloseable {
    private final LoopbackHttp http = LoopbackHttp.start("loopback-databricks");
    private final Account account;
    private final IssuedTokens tokens = new IssuedTokens();
    private final Faults tokenFaults = new Faults(DatabricksReplies::rateLimited);
    private final Faults restFaults = new Faults(DatabricksReplies::rateLimited);
    private final TokenExchange exchange;
    private final RestApi rest;
    private final List<LongAdder> exchangeRequests;
    private final LoopbackGenie genie;
    private final LoopbackServing serving;
    private final List<LongAdder> sqlRequests;
    private final LoopbackPolicyApi policyApi;
    private final LoopbackShareApi shareApi;
    private final Clock clock;

    LoopbackDatabricks(LoopbackDatabricksBuilder builder) {
        account = new Account(builder.accountId, builder.clock);
        exchange = new TokenExchange(http.base(), account, tokens, builder.refusals, builder.clock);
        rest = new RestApi(account, tokens, builder.clock);
        Warehouses warehouses = new Warehouses(account);
        genie = new LoopbackGenie(rest, warehouses, builder.sqlEngine);
        serving = new LoopbackServing(rest);
        exchangeRequests = List.of(
                http.on("POST", "/oidc/v1/token", tokenFaults, exchange::answer),
                http.on("POST", "/oidc/accounts/" + account.id() + "/v1/token", tokenFaults, exchange::answer));
        http.on("GET", "/api/2.0/preview/scim/v2/Me", restFaults, rest::me);
        sqlRequests = new SqlApi(rest, warehouses, builder.sqlEngine).listen(http, restFaults);
        genie.listen(http, restFaults);
        serving.listen(http, restFaults);
        new Metadata(http.base(), account.id()).listen(http);
        PolicyDesk desk = new PolicyDesk(rest, account, builder.clock);
        policyApi = new LoopbackPolicyApi(http, desk, account);
        shareApi = new LoopbackShareApi(http, desk, account);
        clock = builder.clock;
    }

    /** {@return a builder with the defaults} */
    public static LoopbackDatabricksBuilder builder() {
        return new LoopbackDatabricksBuilder();
    }

    /** {@return the workspace's address, without a slash at its end} */
    public URI workspaceUrl() {
        return http.base();
    }

    /** {@return the account's address, without a slash at its end; the same host serves both} */
    public URI accountUrl() {
        return http.base();
    }

    /** {@return the account id: the audience of a policy that lists none} */
    public String accountId() {
        return account.id();
    }

    /**
     * Creates a service principal.
     *
     * @param displayName what it is called
     * @param groups the account groups it belongs to
     * @return the service principal, with an application id of its own
     */
    public ServicePrincipal servicePrincipal(String displayName, String... groups) {
        ServicePrincipal created = new ServicePrincipal(UUID.randomUUID());
        account.register(created.toString(), requireNonNull(displayName, "displayName"), List.of(groups));
        return created;
    }

    /**
     * Creates a user, for policies of the account.
     *
     * @param userName the user's name, which the policy's subject claim must hold
     * @param groups the account groups the user belongs to
     */
    public void user(String userName, String... groups) {
        account.register(requireNonNull(userName, "userName"), userName, List.of(groups));
    }

    /**
     * Adds a policy to a service principal; adding the same one again changes nothing.
     *
     * @param principal a service principal of this account
     * @param policy a policy with a subject
     * @throws IllegalStateException if the service principal has 20 policies
     */
    public void policy(ServicePrincipal principal, FederationPolicy policy) {
        account.addPolicy(principal.toString(), requireNonNull(policy, "policy"));
    }

    /**
     * Adds a policy to the account; adding the same one again changes nothing.
     *
     * @param policy a policy without a subject
     * @throws IllegalStateException if the account has 20 policies
     */
    public void accountPolicy(FederationPolicy policy) {
        account.addPolicy(requireNonNull(policy, "policy"));
    }

    /**
     * Removes all policies of a service principal; tokens it has stay good.
     *
     * @param principal a service principal of this account
     */
    public void removePolicies(ServicePrincipal principal) {
        account.removePolicies(principal.toString());
    }

    /**
     * Deletes a service principal, its policies, and with them its tokens.
     *
     * @param principal a service principal of this account
     */
    public void delete(ServicePrincipal principal) {
        account.delete(principal.toString());
    }

    /**
     * Makes a service principal an account admin, who may keep the policies of the account.
     *
     * @param principal a service principal of this account
     */
    public void accountAdmin(ServicePrincipal principal) {
        account.makeAccountAdmin(principal.toString());
    }

    /**
     * Tokens of a service principal without an exchange, as it would get them by a secret of its own: for whoever creates
     * the first policy.
     *
     * @param principal a service principal of this account
     * @return tokens of one hour; another one after one was {@linkplain DatabricksTokenSource#rejected rejected}
     */
    public DatabricksTokenSource tokensOf(ServicePrincipal principal) {
        account.requireKnown(principal.toString());
        return new StandingTokens(tokens, http.base() + "/oidc", principal.toString(), clock);
    }

    /**
     * Takes the permission to use SQL warehouses from a service principal.
     *
     * @param principal a service principal of this account
     */
    public void denyWarehouse(ServicePrincipal principal) {
        account.setWarehouseDenied(principal.toString(), true);
    }

    /**
     * Gives a service principal back the permission it has from the start.
     *
     * @param principal a service principal of this account
     */
    public void allowWarehouse(ServicePrincipal principal) {
        account.setWarehouseDenied(principal.toString(), false);
    }

    /**
     * Refuses a Databricks token from now on.
     *
     * @param tokenValue the token
     */
    public void revoke(String tokenValue) {
        tokens.revoke(requireNonNull(tokenValue, "tokenValue"));
    }

    /** Refuses all Databricks tokens issued so far. */
    public void revokeAll() {
        tokens.revokeAll();
    }

    /** {@return the Genie spaces} */
    public LoopbackGenie genie() {
        return genie;
    }

    /** {@return the serving endpoints} */
    public LoopbackServing serving() {
        return serving;
    }

    /** {@return the faults of the token endpoint} */
    public Faults tokenEndpoint() {
        return tokenFaults;
    }

    /** {@return the REST API for federation policies, which has faults of its own} */
    public LoopbackPolicyApi policyApi() {
        return policyApi;
    }

    /** {@return the REST API for recipients and the permissions of shares, which has faults of its own} */
    public LoopbackShareApi shareApi() {
        return shareApi;
    }

    /** {@return the faults of the REST API, but for policies and shares} */
    public Faults restApi() {
        return restFaults;
    }

    /** {@return how many exchanges succeeded} */
    public long exchanges() {
        return exchange.exchanges();
    }

    /**
     * Counts the exchanges for one service principal.
     *
     * @param principal the service principal
     * @return how many of them succeeded
     */
    public long exchanges(ServicePrincipal principal) {
        return exchange.exchanges(principal.toString());
    }

    /** {@return how many requests the token endpoint had, failed ones included} */
    public long exchangeRequests() {
        return exchangeRequests.stream().mapToLong(LongAdder::sum).sum();
    }

    /** {@return how often a SQL statement was sent, refused ones included} */
    public long sqlRequests() {
        return sqlRequests.stream().mapToLong(LongAdder::sum).sum();
    }

    /** {@return how many REST requests were refused for their token} */
    public long rejectedRequests() {
        return rest.rejected();
    }

    Metastore metastore() {
        return account.metastore();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
    }

    /** {@return the workspace's address} */
    @Override
    public String toString() {
        return "LoopbackDatabricks[" + http.base() + "]";
    }
}
