// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.BearerValue;
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
