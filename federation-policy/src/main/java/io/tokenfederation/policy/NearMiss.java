// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says how two values that ought to be the same came to differ: the mistakes people make, most exact first. */
final class NearMiss {
    static final String NONE = "";

    private static final String CLIENTS = "@clients";
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.\\-]*://", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTRA = Pattern.compile(
            "https://(?:(sts\\.windows\\.net)/([^/]+)/?|login\\.microsoftonline\\.com/([^/]+)/v2\\.0/?)");

    private NearMiss() {}

    /** The first known mistake between any expected and any actual value; {@link #NONE} if there is none. */
    static String between(List<String> expected, List<String> actual) {
        for (String policy : expected) {
            for (String token : actual) {
                String hint = between(policy, token);
                if (!hint.isEmpty()) {
                    return hint;
                }
            }
        }
        return NONE;
    }

    private static String between(String policy, String token) {
        if (token.equals(policy + "/")) {
            return "the policy lacks the trailing slash";
        }
        if (policy.equals(token + "/")) {
            return "the policy has a trailing slash too many";
        }
        if (token.equals(policy + CLIENTS)) {
            return "the policy lacks the suffix @clients that Auth0 gives to client ids";
        }
        if (policy.equals(token + CLIENTS)) {
            return "the policy has the suffix @clients, the token has not";
        }
        if (policy.equalsIgnoreCase(token)) {
            return "they differ only in letter case";
        }
        if (policy.strip().equals(token.strip())) {
            return "they differ only in white space at an end";
        }
        String address = betweenAddresses(policy, token);
        return address.isEmpty() && loose(policy).equals(loose(token))
                ? "they differ only in scheme, letter case or trailing slash"
                : address;
    }

    private static String betweenAddresses(String policy, String token) {
        if (isGuid(token) && isUri(policy)) {
            return "the policy names a URI, the token a GUID: Entra ID v2.0 tokens name an API by its client id";
        }
        if (isUri(token) && isGuid(policy)) {
            return "the policy names a GUID, the token a URI: Entra ID v1.0 tokens name an API by its identifier URI";
        }
        if (isGuid(token) && isGuid(policy)) {
            return "they are two GUIDs: client id, object id of the registration, object id of the enterprise"
                    + " application and account id are easily confused";
        }
        if (withoutScheme(policy).equals(withoutScheme(token))) {
            return "they differ only in the scheme, such as https://";
        }
        return betweenIssuers(policy, token);
    }

    private static String betweenIssuers(String policy, String token) {
        Matcher entraPolicy = ENTRA.matcher(policy);
        Matcher entraToken = ENTRA.matcher(token);
        if (entraPolicy.matches() && entraToken.matches()) {
            return entraVersion(entraPolicy).equals(entraVersion(entraToken))
                    ? "they are issuers of two Entra ID tenants"
                    : "the policy names the " + entraVersion(entraPolicy) + " issuer of Entra ID, the token is "
                            + entraVersion(entraToken) + ": see accessTokenAcceptedVersion in the API's manifest";
        }
        if (loose(token).startsWith(loose(policy) + "/oauth2/")) {
            return "the policy names the organization, the token comes from its authorization server";
        }
        return NONE;
    }

    private static String entraVersion(Matcher issuer) {
        return issuer.group(1) == null ? "v2.0" : "v1.0";
    }

    private static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private static boolean isUri(String text) {
        return SCHEME.matcher(text).find();
    }

    private static String withoutScheme(String text) {
        return SCHEME.matcher(text).replaceFirst("");
    }

    private static String loose(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return withoutScheme(lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower);
    }
}
