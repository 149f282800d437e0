// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an exchange was refused for whom the token was to be, and not for the policy: Databricks answers both
 * with one text. Not a record, which would print the claims.
 */
final class MistakenPrincipal {
    /** What names the client in a JWT: OpenID Connect and Entra ID v2.0, Entra ID v1.0, Okta, RFC 9068. */
    private static final List<String> CLIENT_IDS = List.of("azp", "appid", "cid", "client_id");

    /** Ids of Entra ID that stand beside the application id on the same pages, and are none. */
    private static final List<String> OTHER_IDS = List.of("sub", "oid", "tid");

    /** Subjects of Auth0's clients, pods, GitHub's jobs and SPIFFE's workloads: no person has one like these. */
    private static final Pattern APPLICATION =
            Pattern.compile(".+@clients|system:serviceaccount:.+|repo:[^:]+:.+|spiffe://.+");

    private final Map<String, Object> claims;
    private final @Nullable ServicePrincipal principal;

    /**
     * Looks at one refusal.
     *
     * @param claims the claims of the JWT that was refused
     * @param principal for whom the token was to be; null if no {@code client_id} was sent
     */
    MistakenPrincipal(Map<String, Object> claims, @Nullable ServicePrincipal principal) {
        this.claims = claims;
        this.principal = principal;
    }

    /** {@return what is known better than that no policy fits; empty if it is the policy, or nothing shows} */
    Optional<Problem> improve(Problem refused) {
        if (principal != null) {
            return first(CLIENT_IDS)
                    .map(claim -> ofTheClient(refused, claim, principal))
                    .or(() -> first(OTHER_IDS).map(claim -> mistaken(refused, "the JWT's " + claim, principal)));
        }
        String subject = text("sub");
        return Optional.of(
                isOfAnApplication()
                        ? refused.kind(
                                ErrorCode.EXCHANGE_CLIENT_ID_MISSING.name(),
                                "The JWT's sub '" + subject + "' is an application's, and no client_id was sent: use"
                                        + " tokenFor(servicePrincipal), which sends its application id; a user's JWT alone goes"
                                        + " without one.")
                        : refused.fix(
                                "No client_id was sent, so only a policy of the account can fit: create one for issuer '"
                                        + text("iss") + "' and audience " + quoted(claims.get("aud"))
                                        + ", whose subject claim holds the Databricks user name; a new policy can take two minutes to"
                                        + " work."));
    }

    private Problem ofTheClient(Problem refused, String claim, ServicePrincipal sent) {
        return TokenOrigin.of(claims) == TokenOrigin.ENTRA
                ? refused.fix(
                        refused.fix() + " The application id '" + sent + "' is also the JWT's client id, which is right"
                                + " only where the service principal is managed by Entra ID.")
                : mistaken(refused, "the identity provider's client id (" + claim + ")", sent);
    }

    private static Problem mistaken(Problem refused, String what, ServicePrincipal sent) {
        return refused.kind(
                ErrorCode.EXCHANGE_CLIENT_ID_MISTAKEN.name(),
                "'" + sent + "' is " + what
                        + ": use the service principal's Application ID, as the account console shows it"
                        + " (User management > Service principals).");
    }

    private Optional<String> first(List<String> names) {
        return names.stream()
                .filter(name -> text(name).equalsIgnoreCase(String.valueOf(principal)))
                .findFirst();
    }

    private boolean isOfAnApplication() {
        String subject = text("sub");
        return APPLICATION.matcher(subject).matches()
                || text("gty").equals("client-credentials")
                || text("idtyp").equals("app")
                // Entra ID gives people another subject in each application; an application's is its object id.
                || subject.equals(text("oid"))
                || CLIENT_IDS.stream().map(this::text).anyMatch(subject::equals);
    }

    private String text(String name) {
        return claims.get(name) instanceof String text ? text : "";
    }

    private static String quoted(@Nullable Object audience) {
        return audience instanceof List<?> list
                ? list.stream().map(MistakenPrincipal::quoted).toList().toString()
                : "'" + audience + "'";
    }
}
