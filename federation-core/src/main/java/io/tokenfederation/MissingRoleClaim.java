// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a claim that should hold the role is not in a token, as far as the token shows.
 *
 * @param claim what was looked for
 * @param claims what there is
 */
record MissingRoleClaim(RoleClaim claim, VerifiedClaims claims) {
    /**
     * Names Auth0 keeps for itself: a login that sets one succeeds, and the claim is not there.
     *
     * @see <a href="https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims">Auth0's list</a>
     */
    private static final Set<String> KEPT_BY_AUTH0 = Set.of(
            "acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest "
                    .concat(
                            "entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid ")
                    .concat(
                            "may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph s_hash sid ")
                    .concat(
                            "sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot ")
                    .concat("vtm x5t#S256")
                    .split(" "));

    private static final Set<String> AUTH0_DOMAINS = Set.of("auth0.com", "webtask.io", "webtask.run");
    private static final String PERMISSIONS = "permissions";

    Problem problem() {
        String similar =
                similar().map(name -> "; is it '" + SafeText.of(name) + "'?").orElse("");
        Problem problem = Problem.of(
                ErrorCode.ROLE_CLAIM_MISSING,
                "the token has no claim " + claim + "; it has "
                        + SafeText.of(claims.names().toString()) + similar);
        return auth0().or(this::nested).map(problem::fix).orElse(problem);
    }

    private String name() {
        return claim.path().get(0);
    }

    private Optional<String> auth0() {
        String issuer = hostOf(claims.text("iss").orElse(""));
        if (!issuer.endsWith(".auth0.com")) {
            return Optional.empty();
        }
        if (name().equals(PERMISSIONS)) {
            return Optional.of(
                    "Switch on RBAC and 'Add Permissions in the Access Token' for the API in Auth0; an Action"
                            + " cannot set this claim.");
        }
        if (KEPT_BY_AUTH0.contains(name())) {
            return Optional.of("Auth0 keeps the name '" + name() + "' for itself and leaves such a claim out: have the"
                    + " Action set one within a namespace of yours, such as https://example.com/" + name() + ".");
        }
        String host = hostOf(name());
        if (name().startsWith("urn:auth0")
                || AUTH0_DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            return Optional.of("Auth0 leaves out claims whose name is within a domain of its own: use a namespace of"
                    + " yours, such as https://example.com/role.");
        }
        return Optional.empty();
    }

    /** A dotted path is how many other products write it. */
    private Optional<String> nested() {
        int dot = name().indexOf('.');
        return claim.path().size() == 1
                        && dot > 0
                        && claims.get(name().substring(0, dot)).orElse("") instanceof Map
                ? Optional.of("A dot is part of a claim's name here: write claimPath(\"" + name().substring(0, dot)
                        + "\", \"" + name().substring(dot + 1) + "\") for what is within '" + name().substring(0, dot)
                        + "'.")
                : Optional.empty();
    }

    private Optional<String> similar() {
        return claims.names().stream()
                .filter(name -> loose(name).equals(loose(name())))
                .findFirst();
    }

    /** Case, a slash at the end, the scheme, and one role or several: what people get wrong. */
    private static String loose(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("s?/?$", "");
    }

    private static String hostOf(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** {@return what was looked for; not what the claims hold} */
    @Override
    public String toString() {
        return "MissingRoleClaim[" + claim + "]";
    }
}
