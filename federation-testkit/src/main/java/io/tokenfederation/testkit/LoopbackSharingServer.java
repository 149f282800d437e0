// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A Delta Sharing server on this machine, as strict as a real one.
 *
 * <pre>{@code
 * try (LoopbackSharingServer sharing = LoopbackSharingServer.builder().start()) {
 *     sharing.table("sales", "public", "orders", SharedSchema.of(SharedColumn.of("id", "long")))
 *             .append(List.of(Map.of("id", 1L)));
 *     sharing.recipient("acme", policy).grant("acme", "sales");
 *     // GET sharing.recipientEndpoint("acme") + "/shares" with a JWT of acme's identity provider …
 * }
 * }</pre>
 *
 * <p>It speaks the open protocol, in both response formats. Recipients with federation policies are known by a JWT of their
 * identity provider, verified on each call by signature, issuer, audience, subject and time, without any exchange; others by
 * a long-lived token. A share that is not granted looks like one that does not exist. Files are real, and behind addresses
 * that are signed, expire, and are on another port, as an object store is another host. Pages are small. It listens on
 * 127.0.0.1 only, and knows nobody until told. Thread-safe. For tests and samples only.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md">Delta Sharing protocol</a>
 */
public final class LoopbackSharingServer implements AutoCloseable {
    private final LoopbackHttp http = LoopbackHttp.start("loopback-sharing");
    private final Faults faults = new Faults(SharingReplies::rateLimited);
    private final SecureRandom random = new SecureRandom();
    private final Metastore metastore;
    private final SharingAccess access;
    private final FileStore files;
    private final TableApi tables;
    private final SharingApi api;
    private final Clock clock;

    LoopbackSharingServer(LoopbackSharingServerBuilder builder) {
        clock = builder.clock;
        metastore = builder.metastore == null ? new Metastore() : builder.metastore;
        access = new SharingAccess(metastore, clock);
        files = new FileStore(clock, builder.urlLifetime);
        Sealed sealed = new Sealed();
        tables = new TableApi(files, sealed);
        api = new SharingApi(metastore, access, tables, sealed);
        api.listen(http, faults);
        RecipientDiscovery discovery = new RecipientDiscovery(metastore, access.keys());
        http.on(
                "GET",
                api.path() + "/recipients/{}/oidc/.well-known/openid-configuration",
                faults,
                call -> discovery.answer(call, api.path()));
    }

    /** {@return a builder with the defaults} */
    public static LoopbackSharingServerBuilder builder() {
        return new LoopbackSharingServerBuilder();
    }

    /** {@return where recipients with long-lived tokens call} */
    public URI endpoint() {
        return http.base().resolve(api.path());
    }

    /**
     * Where a recipient with federation policies calls, and under which its login is described, at
     * {@code /oidc/.well-known/openid-configuration}.
     *
     * @param recipient a recipient's name
     * @return the address, without a slash at its end
     * @throws IllegalArgumentException if there is no such recipient
     */
    public URI recipientEndpoint(String recipient) {
        return URI.create(endpoint() + "/recipients/" + known(recipient).id());
    }

    /** {@return scheme, host and port of the object store behind the tables} */
    public URI filesUrl() {
        return files.base();
    }

    /**
     * Shares a new table; its share and schema come about with the first.
     *
     * @param share the share's name
     * @param schema the schema's name
     * @param table the table's name
     * @param columns what is in it
     * @return the table, which is empty
     * @throws IllegalArgumentException if there is such a table
     */
    public LoopbackTable table(String share, String schema, String table, SharedSchema columns) {
        LoopbackTable created =
                new LoopbackTable(requireNonNull(table, "table"), requireNonNull(columns, "columns"), clock);
        metastore.addShare(requireNonNull(share, "share")).add(requireNonNull(schema, "schema"), created);
        return created;
    }

    /**
     * Creates a share without tables; nothing happens if it is there.
     *
     * @param share its name
     * @return this
     */
    public LoopbackSharingServer share(String share) {
        metastore.addShare(requireNonNull(share, "share"));
        return this;
    }

    /**
     * Creates a recipient that is known by tokens of its identity provider.
     *
     * @param recipient its name
     * @param policies any of which its token must match
     * @return this
     * @throws IllegalArgumentException if there is such a recipient, or a policy is none for recipients
     */
    public LoopbackSharingServer recipient(String recipient, FederationPolicy... policies) {
        Recipient created = created(recipient, Recipient.Authentication.OIDC_FEDERATION);
        for (FederationPolicy policy : policies) {
            created.policies().add(PolicyOwner.recipient(recipient).require(policy), clock.instant());
        }
        return this;
    }

    /**
     * Adds a policy to a recipient.
     *
     * @param recipient its name
     * @param policy a policy with issuer, audiences and subject
     * @return this
     * @throws IllegalArgumentException if there is no such recipient, or the policy is none for recipients
     */
    public LoopbackSharingServer policy(String recipient, FederationPolicy policy) {
        known(recipient).policies().add(PolicyOwner.recipient(recipient).require(policy), clock.instant());
        return this;
    }

    /**
     * Removes all policies of a recipient, so that nobody is it any more.
     *
     * @param recipient its name
     * @return this
     * @throws IllegalArgumentException if there is no such recipient
     */
    public LoopbackSharingServer removePolicies(String recipient) {
        known(recipient).policies().clear();
        return this;
    }

    /**
     * Gives out a long-lived token, to a recipient that comes about with the first.
     *
     * @param recipient its name
     * @param expiresAt from when on it is refused
     * @return the token
     * @throws IllegalArgumentException if the recipient is one with policies
     */
    public String bearerToken(String recipient, Instant expiresAt) {
        Recipient holder =
                metastore.recipient(recipient).orElseGet(() -> created(recipient, Recipient.Authentication.TOKEN));
        if (holder.authentication() != Recipient.Authentication.TOKEN) {
            throw new IllegalArgumentException(recipient + " is known by policies");
        }
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = "dss" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        metastore.addBearerToken(holder, token, requireNonNull(expiresAt, "expiresAt"));
        return token;
    }

    /**
     * Lets a recipient read a share.
     *
     * @param recipient the recipient's name
     * @param share the share's name
     * @return this
     * @throws IllegalArgumentException if one of them is unknown
     */
    public LoopbackSharingServer grant(String recipient, String share) {
        if (metastore.share(share).isEmpty()) {
            throw new IllegalArgumentException("no such share: " + share);
        }
        known(recipient).shares().add(Share.key(share));
        return this;
    }

    /**
     * Takes a share from a recipient.
     *
     * @param recipient the recipient's name
     * @param share the share's name
     * @return this
     * @throws IllegalArgumentException if there is no such recipient
     */
    public LoopbackSharingServer revoke(String recipient, String share) {
        known(recipient).shares().remove(Share.key(share));
        return this;
    }

    /**
     * Says how tokens are refused.
     *
     * @param errors how
     * @return this
     */
    public LoopbackSharingServer errors(SharingErrors errors) {
        access.setErrors(requireNonNull(errors, "errors"));
        return this;
    }

    /**
     * Says how long the addresses of files are good, from the next answer on.
     *
     * @param lifetime how long
     * @return this
     */
    public LoopbackSharingServer urlLifetime(Duration lifetime) {
        files.setLifetime(requireNonNull(lifetime, "lifetime"));
        return this;
    }

    /** {@return the faults of the protocol's endpoints} */
    public Faults api() {
        return faults;
    }

    /** {@return the faults of the object store} */
    public Faults files() {
        return files.faults();
    }

    /** {@return how many requests the protocol's endpoints had, failed ones included} */
    public long requests() {
        return api.requests();
    }

    /** {@return how many of them asked for a table's files or changes} */
    public long queries() {
        return api.queries();
    }

    /** {@return how many of them were refused for their token} */
    public long refusedRequests() {
        return access.refused();
    }

    /** {@return how many requests the object store had, failed ones included} */
    public long fileRequests() {
        return files.requests();
    }

    /** {@return how many predicate hints were skipped since they are none of the protocol's} */
    public long skippedHints() {
        return tables.hints().skipped();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
        files.close();
    }

    /** {@return where it is called} */
    @Override
    public String toString() {
        return "LoopbackSharingServer[" + endpoint() + "]";
    }

    private Recipient created(String name, Recipient.Authentication authentication) {
        return metastore
                .addRecipient(new Recipient(PolicyOwner.recipient(name).id(), authentication))
                .orElseThrow(() -> new IllegalArgumentException("there is such a recipient already: " + name));
    }

    private Recipient known(String name) {
        return metastore
                .recipient(requireNonNull(name, "recipient"))
                .orElseThrow(() -> new IllegalArgumentException("no such recipient: " + name));
    }
}
