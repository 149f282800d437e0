// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What an administrator of an Auth0 tenant can set beyond registering clients.
 *
 * <pre>{@code
 * Auth0Rules.of(idp).tokenDialect("https://adb-1.example.com", "rfc9068_profile");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Auth0Rules {
    private static final Set<String> TOKEN_DIALECTS =
            Set.of("access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz");

    private static final Pattern CLAIM_NAME = Pattern.compile("https?://.+");
    private static final Pattern AUTH0_DOMAIN =
            Pattern.compile("^https?://([^/]*\\.)?(auth0\\.com|webtask\\.io|webtask\\.run)(/|:|$)");

    private final URI base;
    private final Tenant tenant;
    private final Map<String, HourlyQuota> quotas = new ConcurrentHashMap<>();
    private final Map<String, String> tokenDialects = new ConcurrentHashMap<>();
    private final Set<String> agentSubjects = ConcurrentHashMap.newKeySet();
    private final Set<String> customDomains = ConcurrentHashMap.newKeySet();

    private volatile String roleClaim = "https://example.com/roles";

    Auth0Rules(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
    }

    /**
     * The rules of an Auth0 tenant.
     *
     * @param idp one that {@link LoopbackIdp#auth0()} made
     * @return its rules
     * @throws IllegalArgumentException if it is of another kind
     */
    public static Auth0Rules of(LoopbackIdp idp) {
        return idp.server().rules(Auth0Rules.class);
    }

    /**
     * Lets a client have tokens for an API if its request names this organization.
     *
     * @param clientId a registered client
     * @param audience a registered API
     * @param organization the organization, which the token names as {@code org_id}
     * @return this
     */
    public Auth0Rules grantWithinOrganization(String clientId, String audience, String organization) {
        tenant.grant(clientId, audience, new Tenant.Grant(List.of(), Optional.of(organization)));
        return this;
    }

    /**
     * Chooses the profile of an API's tokens.
     *
     * @param audience the API
     * @param dialect {@code access_token} (the default), {@code access_token_authz}, {@code rfc9068_profile} or
     *     {@code rfc9068_profile_authz}
     * @return this
     * @throws IllegalArgumentException if Auth0 has no such profile
     */
    public Auth0Rules tokenDialect(String audience, String dialect) {
        if (!TOKEN_DIALECTS.contains(dialect)) {
            throw new IllegalArgumentException("the token dialects are " + TOKEN_DIALECTS + "; this is " + dialect);
        }
        tokenDialects.put(requireNonNull(audience, "audience"), dialect);
        return this;
    }

    /**
     * Sets {@code agent_subject_claims} of an API: {@code sub} of its M2M tokens is the client id, without
     * {@code @clients}.
     *
     * @param audience the API
     * @return this
     */
    public Auth0Rules agentSubjects(String audience) {
        agentSubjects.add(requireNonNull(audience, "audience"));
        return this;
    }

    /**
     * Adds a custom domain: requests to it get tokens whose {@code iss} names it.
     *
     * @param host a name of this machine, such as {@code localhost}
     * @return this
     */
    public Auth0Rules customDomain(String host) {
        customDomains.add(requireNonNull(host, "host"));
        return this;
    }

    /**
     * Names the claim that an action puts people's roles into, in ID and access tokens. Default:
     * {@code https://example.com/roles}.
     *
     * @param name a URL as the namespace, none of Auth0's own
     * @return this
     * @throws IllegalArgumentException if Auth0 would leave a claim of this name out without a word
     */
    public Auth0Rules roleClaim(String name) {
        if (!CLAIM_NAME.matcher(name).matches() || AUTH0_DOMAIN.matcher(name).find()) {
            throw new IllegalArgumentException("Auth0 leaves this claim out of its tokens: " + name);
        }
        roleClaim = name;
        return this;
    }

    /**
     * Limits a client to a number of tokens an hour; replies then carry the quota headers, and a request too many is
     * answered with status 429 until the UTC hour ends.
     *
     * @param clientId the client
     * @param perHour how many tokens, 1 or more
     * @return this
     */
    public Auth0Rules hourlyQuota(String clientId, int perHour) {
        quotas.put(requireNonNull(clientId, "clientId"), new HourlyQuota(perHour));
        return this;
    }

    /** The issuer of a token asked for at this host. */
    String issuer(HttpCall call) {
        String host = call.header("Host").orElse("");
        boolean custom = customDomains.contains(host.split(":", 2)[0]);
        return custom ? "http://" + host + "/" : base + "/";
    }

    /** All issuers this tenant has. */
    Set<String> issuers() {
        Set<String> issuers = new HashSet<>(Set.of(base + "/"));
        customDomains.forEach(host -> issuers.add("http://" + host + ":" + base.getPort() + "/"));
        return issuers;
    }

    String roleClaim() {
        return roleClaim;
    }

    boolean isRfc9068(String audience) {
        return tokenDialects.getOrDefault(audience, "").startsWith("rfc9068");
    }

    boolean hasPermissions(String audience) {
        return tokenDialects.getOrDefault(audience, "").endsWith("_authz");
    }

    boolean hasAgentSubjects(String audience) {
        return agentSubjects.contains(audience);
    }

    /** Counts one token; what the quota header says then, for a client that has a quota. */
    Optional<String> takeQuota(String clientId) {
        return Optional.ofNullable(quotas.get(clientId)).map(quota -> quota.take(tenant.now()));
    }
}
