// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how two values that ought to be the same came to differ: the mistakes people make, most exact first.
 *
 * @param one what holds the first value, such as {@code the policy}
 * @param other what holds the second, such as {@code the token}
 */
public record NearMiss(String one, String other) {
    private static final String CLIENTS = "@clients";
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.\\-]*://", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTRA = Pattern.compile(
            "https://(?:(sts\\.windows\\.net)/([^/]+)/?|login\\.microsoftonline\\.com/([^/]+)/v2\\.0/?)");

    /**
     * Compares two values.
     *
     * @param mine the first value
     * @param theirs the second
     * @return a sentence about the mistake; empty if they are equal, or differ in no known way
     */
    public Optional<String> between(String mine, String theirs) {
        return mine.equals(theirs)
                ? Optional.empty()
                : Optional.of(known(mine, theirs)).filter(hint -> !hint.isEmpty());
    }

    private String known(String mine, String theirs) {
        if (theirs.equals(mine + "/")) {
            return one + " lacks the trailing slash";
        }
        if (mine.equals(theirs + "/")) {
            return one + " has a trailing slash too many";
        }
        if (theirs.equals(mine + CLIENTS)) {
            return one + " lacks the suffix @clients that Auth0 gives to client ids";
        }
        if (mine.equals(theirs + CLIENTS)) {
            return one + " has the suffix @clients, " + other + " has not";
        }
        if (mine.equalsIgnoreCase(theirs)) {
            return "they differ only in letter case";
        }
        if (mine.strip().equals(theirs.strip())) {
            return "they differ only in white space at an end";
        }
        String address = betweenAddresses(mine, theirs);
        return address.isEmpty() && loose(mine).equals(loose(theirs))
                ? "they differ only in scheme, letter case or trailing slash"
                : address;
    }

    private String betweenAddresses(String mine, String theirs) {
        if (isGuid(theirs) && isUri(mine)) {
            return one + " names a URI, " + other + " a GUID: Entra ID v2.0 tokens name an API by its client id";
        }
        if (isUri(theirs) && isGuid(mine)) {
            return one + " names a GUID, " + other + " a URI: Entra ID v1.0 tokens name an API by its identifier URI";
        }
        if (isGuid(theirs) && isGuid(mine)) {
            return "they are two GUIDs: client id, object id of the registration, object id of the enterprise"
                    + " application and account id are easily confused";
        }
        if (withoutScheme(mine).equals(withoutScheme(theirs))) {
            return "they differ only in the scheme, such as https://";
        }
        return betweenIssuers(mine, theirs);
    }

    private String betweenIssuers(String mine, String theirs) {
        Matcher entraMine = ENTRA.matcher(mine);
        Matcher entraTheirs = ENTRA.matcher(theirs);
        if (entraMine.matches() && entraTheirs.matches()) {
            return entraVersion(entraMine).equals(entraVersion(entraTheirs))
                    ? "they are issuers of two Entra ID tenants"
                    : one + " names the " + entraVersion(entraMine) + " issuer of Entra ID, " + other + " is "
                            + entraVersion(entraTheirs) + ": see accessTokenAcceptedVersion in the API's manifest";
        }
        if (loose(theirs).startsWith(loose(mine) + "/oauth2/")) {
            return one + " names the organization, " + other + " comes from its authorization server";
        }
        return WorkloadSubjects.hint(mine, theirs);
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
