// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.BearerValue;
import io.tokenfederation.internal.DeadToken;
import io.tokenfederation.internal.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived token that Databricks accepts: what goes into {@code Authorization: Bearer}.
 *
 * <p>Do not keep it: ask its {@link DatabricksTokenSource} on every request. Immutable. {@link #toString()} does not show
 * the token; {@link #id()} tells two tokens apart in a log.
 */
public final class DatabricksToken {
    private final String value;
    private final String id;
    private final Instant expiresAt;
    private final Set<String> scopes;
    private final @Nullable ServicePrincipal servicePrincipal;

    DatabricksToken(String value, Instant expiresAt, Set<String> scopes, @Nullable ServicePrincipal servicePrincipal) {
        this.value = BearerValue.require(value, "the token");
        this.id = SecretHash.of(value);
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
        this.scopes = Set.copyOf(scopes);
        this.servicePrincipal = servicePrincipal;
    }

    /**
     * A token from elsewhere, for a {@link DatabricksTokenSource} of your own.
     *
     * @param value the token; the characters RFC 6750 §2.1 allows
     * @param expiresAt when Databricks stops accepting it
     * @return the token, for nobody in particular and with no scopes said
     * @throws IllegalArgumentException if the value cannot be sent in a header; the message does not quote it
     */
    public static DatabricksToken of(String value, Instant expiresAt) {
        return new DatabricksToken(value, expiresAt, Set.of(), null);
    }

    /** {@return the token itself: keep it out of logs} */
    public String value() {
        return value;
    }

    /** {@return a short hash of the token, the same for the whole life of this process and no longer} */
    public String id() {
        return id;
    }

    /** {@return when it ends; Databricks refuses it from 30 seconds before} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return what it may be used for, such as {@code all-apis}} */
    public Set<String> scopes() {
        return scopes;
    }

    /** {@return the service principal it acts as; empty if it did not come from an exchange for one} */
    public Optional<ServicePrincipal> servicePrincipal() {
        return Optional.ofNullable(servicePrincipal);
    }

    /**
     * Tells whether a reply to a call made with this token means that the token is dead, and another one may help. For
     * calls of your own to Databricks:
     *
     * <pre>{@code
     * HttpResponse<String> reply = send(statement, token);
     * if (token.refusedBy(reply.statusCode(), reply.body())) {
     *   tokens.rejected(token);
     *   DatabricksToken next = tokens.token();
     *   if (!next.equals(token)) {
     *     reply = send(statement, next); // once: if this one is refused too, it is not the token
     *   }
     * }
     * }</pre>
     *
     * <p>Databricks does not always say 401 of a dead token: an expired one has been answered with 403 and 400 too. So those
     * count where the body is an error of Databricks' own that speaks of the token; a missing permission, which is 403 as
     * well, never does. Nothing was done for a request that was refused so; it is safe to send it again.
     *
     * @param status the reply's HTTP status
     * @param body the reply's body; empty if there was none
     * @return true on 401, and on 400 or 403 whose body says that the token is invalid or expired
     */
    public boolean refusedBy(int status, String body) {
        requireNonNull(body, "body");
        return DeadToken.refused(status, body) || DeadToken.refusedInPlainWords(status, body);
    }

    /** Equal if the token itself is the same; compared in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatabricksToken token && MessageDigest.isEqual(bytes(value), bytes(token.value));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@return short hash, service principal and end} */
    @Override
    public String toString() {
        return "DatabricksToken[" + id + (servicePrincipal == null ? "" : ", for " + servicePrincipal) + ", exp="
                + expiresAt + "]";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
