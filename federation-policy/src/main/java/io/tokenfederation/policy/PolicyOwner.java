// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ServicePrincipal;
import java.util.OptionalLong;

/**
 * Whose policy it is, which is where it is stored: with a service principal, with the account, or with a Delta Sharing
 * recipient.
 *
 * <pre>{@code
 * PolicyOwner backend = PolicyOwner.of(ServicePrincipal.of("bc3cfe6c-469e-4130-b425-5384c4aa30bb"));
 * System.out.println(FederationPolicy.matching(token).toCli(backend));
 * }</pre>
 *
 * @param kind what kind of owner
 * @param id a service principal's numeric id or application id, or a recipient's name; empty for the account
 */
public record PolicyOwner(Kind kind, String id) {
    /** The kinds of owner; each has rules of its own for what a policy may say. */
    public enum Kind {
        /** A workload or a backend: the policy names the one subject that may act as the service principal. */
        SERVICE_PRINCIPAL,
        /** All users of the account: the subject claim holds a Databricks user name, so the policy names no subject. */
        ACCOUNT,
        /** A Delta Sharing recipient: the policy names a subject, and the keys are always found by discovery. */
        RECIPIENT
    }

    /**
     * Checks that the id is one of its kind.
     *
     * @param kind what kind of owner
     * @param id a service principal's numeric id or application id, or a recipient's name; empty for the account
     * @throws IllegalArgumentException if it is not
     */
    public PolicyOwner {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        if (kind == Kind.ACCOUNT && !id.isEmpty()) {
            throw new IllegalArgumentException("the account is not named: the policies' address says which it is");
        }
        if (kind == Kind.RECIPIENT) {
            PolicyRules.recipient(id);
        }
        if (kind == Kind.SERVICE_PRINCIPAL && !isNumber(id)) {
            id = ServicePrincipal.of(id).toString();
        }
    }

    /**
     * A service principal by its application id; where the REST API wants the numeric id, that is looked up.
     *
     * @param principal the service principal
     * @return the owner
     */
    public static PolicyOwner of(ServicePrincipal principal) {
        return new PolicyOwner(Kind.SERVICE_PRINCIPAL, principal.toString());
    }

    /**
     * A service principal by its numeric id, which the account console and the SCIM API show.
     *
     * @param numericId such as 3659993829438643
     * @return the owner
     * @throws IllegalArgumentException if it is not positive
     */
    public static PolicyOwner servicePrincipal(long numericId) {
        if (numericId <= 0) {
            throw new IllegalArgumentException("a service principal's numeric id is positive; this is " + numericId);
        }
        return new PolicyOwner(Kind.SERVICE_PRINCIPAL, Long.toString(numericId));
    }

    /** {@return the account} */
    public static PolicyOwner account() {
        return new PolicyOwner(Kind.ACCOUNT, "");
    }

    /**
     * A Delta Sharing recipient of authentication type OIDC_FEDERATION.
     *
     * @param name the recipient's name
     * @return the owner
     * @throws IllegalArgumentException if no recipient can be called so: it is blank, begins with a hyphen, as options do,
     *     is made of dots only, as paths are, or holds a character that cannot be seen
     */
    public static PolicyOwner recipient(String name) {
        return new PolicyOwner(Kind.RECIPIENT, name);
    }

    /** {@return the service principal's numeric id; empty if it is named by its application id, or is none} */
    public OptionalLong numericId() {
        return kind == Kind.SERVICE_PRINCIPAL && isNumber(id)
                ? OptionalLong.of(Long.parseLong(id))
                : OptionalLong.empty();
    }

    /**
     * Checks that a policy can be this owner's, by what Databricks documents for its kind.
     *
     * @param policy the policy
     * @return the policy
     * @throws IllegalArgumentException if it cannot; the message says what to change
     */
    public FederationPolicy require(FederationPolicy policy) {
        return PolicyRules.require(policy, kind);
    }

    /** {@return in words, who it is} */
    @Override
    public String toString() {
        return switch (kind) {
            case SERVICE_PRINCIPAL -> "service principal " + id;
            case ACCOUNT -> "the account";
            case RECIPIENT -> "recipient " + id;
        };
    }

    private static boolean isNumber(String id) {
        return id.matches("[1-9][0-9]{0,17}");
    }
}
