// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link FederationDoctor}. Not thread-safe. */
public final class FederationDoctorBuilder {
    private @Nullable IdpTokenSource idpTokenSource;
    private @Nullable URI workspace;
    final Map<String, ServicePrincipal> roles = new LinkedHashMap<>();
    final Map<String, List<String>> groups = new LinkedHashMap<>();
    Optional<GroupFunction> groupFunction = Optional.empty();
    Optional<String> warehouse = Optional.empty();
    Optional<String> genieSpace = Optional.empty();
    Optional<URI> mcpServer = Optional.empty();
    Optional<Account> account = Optional.empty();
    Optional<DatabricksTokenSource> administrator = Optional.empty();
    Optional<FederationPolicy> expectedPolicy = Optional.empty();
    boolean keysPinned;
    Optional<Map<String, String>> environment = Optional.empty();
    Duration requestTimeout = Duration.ofSeconds(10);
    Duration warehousePatience = Duration.ofMinutes(5);
    Consumer<? super Progress> progress = happened -> {};
    InstantSource clock = InstantSource.system();
    Runnable pause = Pauses::threeSeconds;

    FederationDoctorBuilder() {}

    /** Where an account is administered. */
    record Account(URI host, String id) {}

    /**
     * Where the application's JWTs come from. Required.
     *
     * @param source the source; asked once in each check
     * @return this builder
     */
    public FederationDoctorBuilder idpTokenSource(IdpTokenSource source) {
        this.idpTokenSource = requireNonNull(source, "source");
        return this;
    }

    /**
     * The workspace. Required.
     *
     * @param url such as {@code https://adb-1234567890123456.7.azuredatabricks.net}
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL of a host, with nothing after it
     */
    public FederationDoctorBuilder workspace(String url) {
        this.workspace = Hosts.require(url, "the workspace");
        return this;
    }

    /**
     * Adds a role. At least one is required; they are checked in this order.
     *
     * @param name what the application calls it
     * @param principal what it acts as
     * @return this builder
     * @throws IllegalArgumentException if the role is there already
     */
    public FederationDoctorBuilder role(String name, ServicePrincipal principal) {
        if (roles.putIfAbsent(requireNonNull(name, "name"), requireNonNull(principal, "principal")) != null) {
            throw new IllegalArgumentException("the role '" + name + "' is there already");
        }
        return this;
    }

    /**
     * Adds the roles of a resolver.
     *
     * @param roles the roles, as {@link io.tokenfederation.RoleResolver#roles()} gives them
     * @return this builder
     * @throws IllegalArgumentException if one is there already
     */
    public FederationDoctorBuilder roles(List<ResolvedRole> roles) {
        roles.forEach(role -> role(role.name(), role.servicePrincipal()));
        return this;
    }

    /**
     * The groups a role's service principal is expected in, because row filters look at them. Default: none is looked at.
     * Exact with a {@link #warehouse}, which is asked by {@code is_member()} and {@code is_account_group_member()}.
     *
     * @param role the role
     * @param groups the groups' names
     * @return this builder
     */
    public FederationDoctorBuilder groups(String role, String... groups) {
        this.groups.put(requireNonNull(role, "role"), List.of(groups));
        return this;
    }

    /**
     * What the row filters ask for a group. Default: not known, so that membership by one of the two alone is a warning.
     *
     * @param function the function they call
     * @return this builder
     */
    public FederationDoctorBuilder groupFunction(GroupFunction function) {
        this.groupFunction = Optional.of(function);
        return this;
    }

    /**
     * A SQL warehouse each role must be able to use. Default: none is looked at.
     *
     * @param id its id, the last part of its HTTP path
     * @return this builder
     */
    public FederationDoctorBuilder warehouse(String id) {
        this.warehouse = Optional.of(Hosts.requirePathPart(id, "the warehouse's id"));
        return this;
    }

    /**
     * A Genie space each role must be able to use. Default: none is looked at.
     *
     * @param id its id, the last part of its URL
     * @return this builder
     */
    public FederationDoctorBuilder genieSpace(String id) {
        this.genieSpace = Optional.of(Hosts.requirePathPart(id, "the Genie space's id"));
        return this;
    }

    /**
     * An MCP server each role must be able to use. Its tools are listed, none is called. Default: none is looked at.
     *
     * @param url its URL, path included
     * @return this builder
     * @throws IllegalArgumentException if credentials may not go there
     */
    public FederationDoctorBuilder mcpServer(String url) {
        this.mcpServer =
                Optional.of(HttpTransport.requireSecure(HttpTransport.parse(url, "the MCP server"), "the MCP server"));
        return this;
    }

    /**
     * The account the service principals belong to. Default: not known; the workspace is asked for its id.
     *
     * @param url the account console, such as {@code https://accounts.azuredatabricks.net}
     * @param accountId the account's id, a UUID
     * @return this builder
     * @throws IllegalArgumentException if the URL is none of a host
     */
    public FederationDoctorBuilder account(String url, String accountId) {
        URI host = Hosts.require(url, "the account");
        this.account = Optional.of(new Account(host, Hosts.requirePathPart(accountId, "the account's id")));
        return this;
    }

    /**
     * Who may read the federation policies of the {@link #account}, so that they are compared exactly. Default: nobody.
     *
     * @param tokens the tokens of an account administrator; of an exchanger for the account, where that is a service
     *     principal with a federation policy of its own
     * @return this builder
     */
    public FederationDoctorBuilder administrator(DatabricksTokenSource tokens) {
        this.administrator = Optional.of(tokens);
        return this;
    }

    /**
     * The policy as it is meant to be, for where the real one cannot be read. Default: the JWT is compared with nothing.
     *
     * @param policy the policy
     * @return this builder
     */
    public FederationDoctorBuilder expectedPolicy(FederationPolicy policy) {
        this.expectedPolicy = Optional.of(policy);
        return this;
    }

    /**
     * Says that the policies hold the issuer's keys themselves, so that nobody need reach the issuer. Default: false.
     *
     * @param keysPinned whether they do
     * @return this builder
     */
    public FederationDoctorBuilder keysPinned(boolean keysPinned) {
        this.keysPinned = keysPinned;
        return this;
    }

    /**
     * Environment variables to look through for those of Databricks' tools that contradict each other. Default: none.
     *
     * @param environment names and values; copied, and never shown
     * @return this builder
     */
    public FederationDoctorBuilder environment(Map<String, String> environment) {
        this.environment = Optional.of(Map.copyOf(environment));
        return this;
    }

    /**
     * How long one request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public FederationDoctorBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * How long to wait for a warehouse that is being started. Default: 5 minutes.
     *
     * @param patience more than zero, at most a day
     * @return this builder
     */
    public FederationDoctorBuilder warehousePatience(Duration patience) {
        this.warehousePatience = Timeouts.require(patience, "warehousePatience");
        return this;
    }

    /**
     * Told what is going on. Default: nobody.
     *
     * @param listener called on the thread that checks
     * @return this builder
     */
    public FederationDoctorBuilder progress(Consumer<? super Progress> listener) {
        this.progress = requireNonNull(listener, "listener");
        return this;
    }

    FederationDoctorBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    FederationDoctorBuilder pause(Runnable pause) {
        this.pause = pause;
        return this;
    }

    /**
     * Builds the doctor. Nothing is sent yet.
     *
     * @return the doctor
     * @throws IllegalStateException if something required is missing, or groups are named for a role that is not there
     */
    public FederationDoctor build() {
        if (idpTokenSource == null || workspace == null || roles.isEmpty()) {
            throw new IllegalStateException("idpTokenSource, workspace and at least one role are required");
        }
        groups.keySet().stream()
                .filter(role -> !roles.containsKey(role))
                .findFirst()
                .ifPresent(role -> {
                    throw new IllegalStateException(
                            "groups are expected of '" + role + "', which is no role: " + roles.keySet());
                });
        if (administrator.isPresent() && account.isEmpty()) {
            throw new IllegalStateException("an administrator needs account(url, accountId) beside it");
        }
        return new FederationDoctor(new Setup(idpTokenSource, workspace, this));
    }
}
