// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a stored policy that can be changed by itself: an entry of the REST API's {@code update_mask}. */
public enum PolicyField {
    /** What {@code iss} must be. */
    ISSUER("oidc_policy.issuer"),
    /** Of which {@code aud} must name one. */
    AUDIENCES("oidc_policy.audiences"),
    /** What the subject claim must be. */
    SUBJECT("oidc_policy.subject"),
    /** The claim that holds the subject. */
    SUBJECT_CLAIM("oidc_policy.subject_claim"),
    /** Where the issuer's keys are. */
    JWKS_URI("oidc_policy.jwks_uri"),
    /** The issuer's keys themselves. */
    JWKS_JSON("oidc_policy.jwks_json"),
    /** The words for whoever finds the policy. */
    DESCRIPTION("description");

    private final String path;

    PolicyField(String path) {
        this.path = path;
    }

    /** {@return its name in an {@code update_mask}, such as {@code oidc_policy.audiences}} */
    public String path() {
        return path;
    }

    /** All that are the policy itself. */
    static Set<PolicyField> ofPolicy() {
        return EnumSet.complementOf(EnumSet.of(DESCRIPTION));
    }

    static String mask(Set<PolicyField> fields) {
        return fields.stream().sorted().map(PolicyField::path).collect(Collectors.joining(","));
    }
}
