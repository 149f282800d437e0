// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.List;
import java.util.Map;

/**
 * Which kind of issuer a JWT comes from, told by its claims, and what a remedy is called in that issuer's own console. A
 * guess, so it changes the advice and nothing else; behind a domain of one's own most cannot be told.
 */
enum TokenOrigin {
    AUTH0,
    OKTA,
    ENTRA,
    COGNITO,
    GOOGLE,
    AWS,
    KUBERNETES,
    SPIFFE,
    KEYCLOAK,
    OTHER;

    /** The most exact advice there is: by issuer, and by what is wrong. */
    private static final Map<TokenOrigin, Map<String, String>> FIXES = Map.of(
            AUTH0,
            Map.of(
                    "alg",
                            "Set the API's signing algorithm to RS256: Auth0 dashboard > Applications > APIs > the API >"
                                    + " Settings > Signing Algorithm.",
                    "exp",
                            "Raise the API's token lifetime: Auth0 dashboard > Applications > APIs > the API > Settings;"
                                    + " an hour is good."),
            OKTA,
            Map.of(
                    "cnf",
                            "Untick 'Require Demonstrating Proof of Possession (DPoP)' in the Okta admin console:"
                                    + " Applications > the app > General.",
                    "exp",
                            "Raise the access token lifetime in the rule of the authorization server's access policy:"
                                    + " Okta admin console > Security > API > the server > Access Policies."),
            COGNITO,
            Map.of(
                    "aud",
                    "Amazon Cognito's M2M access tokens have no aud, so no policy can match them: use another"
                            + " issuer, or add aud by a pre token generation trigger."),
            GOOGLE,
            Map.of("aud", "Ask Google for an identity token with an audience, not for an access token."),
            AWS,
            Map.of("alg", "Call GetWebIdentityToken with SigningAlgorithm=RS256."),
            KUBERNETES,
            Map.of(
                    "old",
                            "Mount the projected token without subPath, which is never updated, and read the file anew each"
                                    + " time.",
                    "exp",
                            "Raise expirationSeconds of the projected service account token; an hour is good, ten minutes"
                                    + " is the least."),
            SPIFFE,
            Map.of(
                    "iss",
                    "Set jwt_issuer in the SPIRE server's configuration, and publish its keys by the OIDC discovery"
                            + " provider.",
                    "alg",
                    "Have SPIRE sign JWT-SVIDs with rsa-2048 or ec-p256 (jwt_key_type)."),
            KEYCLOAK,
            Map.of(
                    "sub",
                            "Assign the built-in client scope 'basic' to the client: Keycloak admin console > Clients > the"
                                    + " client > Client scopes.",
                    "aud",
                            "Add an Audience mapper with the policy's audience: Keycloak admin console > Clients > the client >"
                                    + " Client scopes > its dedicated scope > Add mapper > Audience; where lightweight access tokens are on, switch on 'Add to"
                                    + " lightweight access token' in it.",
                    "alg",
                            "Set 'Access token signature algorithm' to RS256 or ES256: Keycloak admin console > Clients > the"
                                    + " client > Advanced > Fine grain OpenID Connect configuration.",
                    "exp",
                            "Raise 'Access Token Lifespan' of the client: Keycloak admin console > Clients > the client >"
                                    + " Advanced > Advanced settings; five minutes work, an hour is better."));

    static TokenOrigin of(Map<String, Object> claims) {
        String host = issuerHost(claims);
        String subject = text(claims, "sub");
        if (host.endsWith(".auth0.com") || text(claims, "gty").equals("client-credentials")) {
            return AUTH0;
        }
        if ((claims.containsKey("cid") && claims.get("scp") instanceof List)
                || host.matches(".*\\.(okta|oktapreview|okta-emea)\\.com")) {
            return OKTA;
        }
        if (claims.containsKey("tid") && (host.equals("sts.windows.net") || host.startsWith("login."))) {
            return ENTRA;
        }
        if (host.startsWith("cognito-idp.")) {
            return COGNITO;
        }
        if (host.equals("accounts.google.com")) {
            return GOOGLE;
        }
        if (subject.startsWith("arn:aws")) {
            return AWS;
        }
        if (subject.startsWith("system:serviceaccount:")) {
            return KUBERNETES;
        }
        if (subject.startsWith("spiffe://")) {
            return SPIFFE;
        }
        return text(claims, "iss").contains("/realms/") ? KEYCLOAK : OTHER;
    }

    /**
     * Puts the issuer's own remedy in, where there is one.
     *
     * @param problem what is wrong with the token
     * @param about the claim or header that is at fault; {@code old} for a token that has expired
     */
    static Problem advised(Problem problem, Map<String, Object> claims, String about) {
        String fix = of(claims).fix(about);
        return fix.isEmpty() ? problem : problem.fix(fix);
    }

    /** {@return the remedy; empty if none is known} */
    String fix(String about) {
        return FIXES.getOrDefault(this, Map.of()).getOrDefault(about, "");
    }

    private static String issuerHost(Map<String, Object> claims) {
        String issuer = text(claims, "iss");
        int start = issuer.indexOf("://") + 3;
        int end = issuer.indexOf('/', start);
        return issuer.contains("://") ? issuer.substring(start, end < 0 ? issuer.length() : end) : "";
    }

    private static String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text ? text : "";
    }
}
