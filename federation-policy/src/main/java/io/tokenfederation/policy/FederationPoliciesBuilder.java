// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds {@link FederationPolicies}; see {@link FederationPolicies#builder()}. Not thread-safe. */
public final class FederationPoliciesBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private @Nullable PolicyPlace place;
    private @Nullable PolicyOwner owner;
    private @Nullable DatabricksTokenSource tokens;
    private @Nullable HttpClient httpClient;
    private Duration timeout = Duration.ofSeconds(60);
    private PolicyCalls.Pause pause = time -> Thread.sleep(time.toMillis());

    FederationPoliciesBuilder() {}

    /**
     * The account, by its cloud. This, another account(...) or {@link #workspace} is required.
     *
     * @param cloud where the account is
     * @param accountId its id, a UUID
     * @return this
     */
    public FederationPoliciesBuilder account(DatabricksCloud cloud, String accountId) {
        return account(cloud.accountUrl().toString(), accountId);
    }

    /**
     * The account, by the address of its console, such as {@code https://accounts.cloud.databricks.com}.
     *
     * @param url an https URL without a path; http for loopback only
     * @param accountId its id, a UUID
     * @return this
     * @throws IllegalArgumentException if it is the address of a workspace; the message says the account's
     */
    public FederationPoliciesBuilder account(String url, String accountId) {
        place = PolicyPlace.account(url, accountId);
        return this;
    }

    /**
     * The workspace, for the policies of recipients.
     *
     * @param url an https URL without a path; http for loopback only
     * @return this
     * @throws IllegalArgumentException if it is the address of an account console
     */
    public FederationPoliciesBuilder workspace(String url) {
        place = PolicyPlace.workspace(url);
        return this;
    }

    /**
     * Whose policies they are. Required.
     *
     * @param owner a service principal, the account or a recipient
     * @return this
     */
    public FederationPoliciesBuilder owner(PolicyOwner owner) {
        this.owner = requireNonNull(owner, "owner");
        return this;
    }

    /**
     * Where the tokens come from: an account admin's, for the account; for recipients the workspace's. Required.
     *
     * @param tokens the source
     * @return this
     */
    public FederationPoliciesBuilder tokens(DatabricksTokenSource tokens) {
        this.tokens = requireNonNull(tokens, "tokens");
        return this;
    }

    /**
     * How long one call may take, with all its requests and pauses. Default: 60 seconds. The source of the tokens is not
     * interrupted: what it takes counts, so nothing is sent afterwards if no time is left, but only its own timeouts end it.
     *
     * @param timeout more than zero, at most a day
     * @return this
     */
    public FederationPoliciesBuilder timeout(Duration timeout) {
        this.timeout = Timeouts.require(timeout, "timeout");
        return this;
    }

    /**
     * The client to send by, with its proxy and trust store. Default: one that is shared, with 5 seconds to connect.
     *
     * @param httpClient a client that follows no redirects
     * @return this
     */
    public FederationPoliciesBuilder httpClient(HttpClient httpClient) {
        this.httpClient = requireNonNull(httpClient, "httpClient");
        return this;
    }

    /** How to wait; for tests. */
    FederationPoliciesBuilder pause(PolicyCalls.Pause pause) {
        this.pause = pause;
        return this;
    }

    /**
     * Builds it.
     *
     * @return the policies of that owner
     * @throws IllegalStateException if something required is missing, or the owner's policies are kept elsewhere
     */
    public FederationPolicies build() {
        if (place == null) {
            throw new IllegalStateException("account(...) is missing; for recipients, workspace(url)");
        }
        if (owner == null || tokens == null) {
            throw new IllegalStateException((owner == null ? "owner" : "tokens") + " is missing");
        }
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, timeout)
                : HttpTransport.over(httpClient, timeout);
        return new FederationPolicies(place, new PolicyCalls(place.host(), tokens, transport, timeout, pause), owner);
    }
}
