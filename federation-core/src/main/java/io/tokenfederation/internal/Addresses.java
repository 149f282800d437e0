// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import io.tokenfederation.internal.NearMiss.Found;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How issuers and audiences, which are mostly URLs or GUIDs, come to differ by more than their spelling. */
final class Addresses {
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern URI = Pattern.compile("(https?|api)://[^/]+(/.*)?", Pattern.CASE_INSENSITIVE);
    /** With the hosts of the sovereign clouds. */
    private static final Pattern ENTRA = Pattern.compile(
            "https://(?:(sts\\.(?:windows\\.net|chinacloudapi\\.cn))/[^/]+/?"
                    + "|login\\.(?:microsoftonline\\.(?:com|us)|partner\\.microsoftonline\\.cn|chinacloudapi\\.cn)/[^/]+/v2\\.0/?)");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]+>|\\$\\{[^}]*}|\\$\\([^)]*\\)|\\{\\{[^}]*}}");
    private static final Pattern DISCOVERY =
            Pattern.compile("/+\\.well-known/(?:openid-configuration|oauth-authorization-server)/*$");
    private static final Pattern TOKEN_ENDPOINT = Pattern.compile("/+oidc(?:/accounts/[^/]+)?/v1/token/*$");

    private Addresses() {}

    static Optional<Found> guidForUri(NearMiss sides, String mine, String theirs) {
        if (isGuid(theirs) && isUri(mine)) {
            return NearMiss.found(
                    Mistake.GUID_FOR_URI,
                    sides.one() + " names a URI, " + sides.other()
                            + " a GUID: Entra ID v2.0 tokens name an API by its client id");
        }
        if (isUri(theirs) && isGuid(mine)) {
            return NearMiss.found(
                    Mistake.GUID_FOR_URI,
                    sides.one() + " names a GUID, " + sides.other()
                            + " a URI: Entra ID v1.0 tokens name an API by its identifier URI");
        }
        return Optional.empty();
    }

    static Optional<Found> between(NearMiss sides, String mine, String theirs) {
        if (PLACEHOLDER.matcher(mine).find() && !PLACEHOLDER.matcher(theirs).find()) {
            return NearMiss.found(
                    Mistake.PLACEHOLDER, sides.one() + " still holds a placeholder, which nobody filled in");
        }
        Matcher entraMine = ENTRA.matcher(mine);
        Matcher entraTheirs = ENTRA.matcher(theirs);
        if (entraMine.matches() && entraTheirs.matches()) {
            return entra(sides, version(entraMine), version(entraTheirs));
        }
        if (sameWithout(DISCOVERY, mine, theirs)) {
            return NearMiss.found(
                    Mistake.DISCOVERY_ADDRESS,
                    "one of them is the address of the discovery document; the issuer ends before /.well-known");
        }
        if (sameWithout(TOKEN_ENDPOINT, mine, theirs)) {
            return NearMiss.found(
                    Mistake.TOKEN_ENDPOINT_FOR_WORKSPACE,
                    "one of them is the workspace's URL, the other that of its token endpoint, which Databricks' own"
                            + " SDKs ask for as audience");
        }
        return okta(sides, mine, theirs).or(() -> keycloak(mine, theirs));
    }

    /** What differs of two URLs, where it is one part of them. */
    static Optional<Found> parts(String mine, String theirs) {
        if (!isUri(mine) || !isUri(theirs)) {
            return Optional.empty();
        }
        String one = Spelling.loose(mine);
        String other = Spelling.loose(theirs);
        if (one.startsWith(other + "/") || other.startsWith(one + "/")) {
            return NearMiss.found(Mistake.PATH, "one of them is the other with more of a path");
        }
        return path(one).equals(path(other))
                ? NearMiss.found(
                        Mistake.HOST,
                        "they differ only in the host: a token names the host it was asked from, be it a custom domain"
                                + " or an internal name")
                : Optional.empty();
    }

    static Optional<Found> guids(String mine, String theirs) {
        return isGuid(mine) && isGuid(theirs)
                ? NearMiss.found(
                        Mistake.OTHER_GUID,
                        "they are two GUIDs: client id, object id of the registration, object id of the enterprise"
                                + " application and account id are easily confused")
                : Optional.empty();
    }

    private static Optional<Found> entra(NearMiss sides, String mine, String theirs) {
        return mine.equals(theirs)
                ? NearMiss.found(Mistake.ENTRA_TENANT, "they are issuers of two Entra ID tenants")
                : NearMiss.found(
                        Mistake.ENTRA_VERSION,
                        sides.one() + " names the " + mine + " issuer of Entra ID, " + sides.other() + " is " + theirs
                                + ": see accessTokenAcceptedVersion in the API's manifest");
    }

    private static Optional<Found> okta(NearMiss sides, String mine, String theirs) {
        String server = "/oauth2/";
        String one = Spelling.loose(mine);
        String other = Spelling.loose(theirs);
        if (other.startsWith(one + server)) {
            return NearMiss.found(
                    Mistake.OKTA_AUTHORIZATION_SERVER,
                    sides.one() + " names the organization, " + sides.other() + " comes from its authorization server");
        }
        if (one.startsWith(other + server)) {
            return NearMiss.found(
                    Mistake.OKTA_AUTHORIZATION_SERVER,
                    sides.one() + " names an authorization server, " + sides.other() + " comes from the organization"
                            + " itself");
        }
        int end = one.indexOf(server);
        return end > 0 && other.startsWith(one.substring(0, end) + server)
                ? NearMiss.found(
                        Mistake.OKTA_AUTHORIZATION_SERVER, "they are two authorization servers of one organization")
                : Optional.empty();
    }

    private static Optional<Found> keycloak(String mine, String theirs) {
        return mine.replace("/auth/realms/", "/realms/").equals(theirs.replace("/auth/realms/", "/realms/"))
                ? NearMiss.found(
                        Mistake.KEYCLOAK_AUTH_PATH,
                        "they differ only in /auth, which stands before /realms in Keycloak up to 16")
                : Optional.empty();
    }

    private static boolean sameWithout(Pattern end, String mine, String theirs) {
        return end.matcher(mine).find() != end.matcher(theirs).find()
                && Spelling.loose(end.matcher(mine).replaceFirst(""))
                        .equals(Spelling.loose(end.matcher(theirs).replaceFirst("")));
    }

    private static String version(Matcher issuer) {
        return issuer.group(1) == null ? "v2.0" : "v1.0";
    }

    private static String path(String looseUrl) {
        int slash = looseUrl.indexOf('/');
        return slash < 0 ? "" : looseUrl.substring(slash);
    }

    private static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private static boolean isUri(String text) {
        return URI.matcher(text).matches();
    }
}
