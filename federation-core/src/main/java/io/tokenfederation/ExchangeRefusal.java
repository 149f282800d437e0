// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.ClaimMixUp;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.NearMiss.Found;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenReply;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why Databricks refused an exchange, from what it said and from the JWT's own claims.
 *
 * <p>The reply may name an issuer, subject and audience in braces. Whether those are the policy's or the token's is not
 * documented, so a message shows both sides and says only that they differ.
 */
final class ExchangeRefusal {
    private static final NearMiss NEAR_MISS = new NearMiss("the reply", "the JWT");
    /** What a host answers at whose path nobody is. */
    private static final Set<Integer> ABSENT = Set.of(404, 405);

    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern NAMED = Pattern.compile("\\b(issuer|subject|audience)s?: *\\[?'([^']*)'");

    private final String who;
    private final TokenReply.Refused refused;
    private final IdpToken jwt;
    private final @Nullable ServicePrincipal principal;
    private final String said;

    private ExchangeRefusal(
            String who, TokenReply.Refused refused, IdpToken jwt, @Nullable ServicePrincipal principal) {
        this.who = who;
        this.refused = refused;
        this.jwt = jwt;
        this.principal = principal;
        this.said = refused.said().description();
    }

    static Problem explain(String who, TokenReply.Refused refused, IdpToken jwt, @Nullable ServicePrincipal principal) {
        return new ExchangeRefusal(who, refused, jwt, principal).explain();
    }

    private Problem explain() {
        if (said.contains("TOKEN_AUDIENCE_INVALID")) {
            return mismatch(ErrorCode.AUDIENCE_MISMATCH, "aud", jwt.audiences(), named("audience"));
        }
        Optional<String> issuer = named("issuer");
        if (issuer.filter(name -> !same(name, jwt.issuer())).isPresent()) {
            return mismatch(ErrorCode.ISSUER_MISMATCH, "iss", List.of(jwt.issuer()), issuer);
        }
        Optional<String> subject = named("subject");
        if (subject.filter(name -> !same(name, jwt.subject())).isPresent()) {
            return mismatch(ErrorCode.SUBJECT_MISMATCH, "sub", List.of(jwt.subject()), subject);
        }
        Optional<String> audience = named("audience");
        if (audience.filter(name -> jwt.audiences().stream().noneMatch(each -> same(name, each)))
                .isPresent()) {
            return mismatch(ErrorCode.AUDIENCE_MISMATCH, "aud", jwt.audiences(), audience);
        }
        if (ABSENT.contains(refused.status())) {
            return problem(ErrorCode.EXCHANGE_REPLY_UNREADABLE);
        }
        boolean policy =
                said.contains("TOKEN_INVALID") || said.contains("federation policy") || refused.status() == 401;
        return policy ? withoutPolicy(issuer) : advised(problem(ErrorCode.EXCHANGE_REFUSED));
    }

    private Problem withoutPolicy(Optional<String> named) {
        Problem shown = problem(ErrorCode.NO_FEDERATION_POLICY);
        Problem advised = advised(shown);
        // A policy that is named belongs to a service principal that is there.
        boolean known = named.isPresent() || !advised.fix().equals(shown.fix());
        return known
                ? advised
                : new MistakenPrincipal(jwt.claims(), principal).improve(shown).orElse(shown);
    }

    /** Some JWTs tell by themselves which setting was forgotten. */
    private Problem advised(Problem problem) {
        return switch (TokenOrigin.of(jwt.claims())) {
            case KEYCLOAK ->
                jwt.audiences().equals(List.of("account"))
                        ? problem.mismatch(MismatchCause.KEYCLOAK_DEFAULT_AUDIENCE)
                                .fix("The JWT's aud is 'account', which is what Keycloak issues where the client has no"
                                        + " Audience mapper. " + TokenOrigin.KEYCLOAK.fix("aud"))
                        : problem;
            case OKTA ->
                jwt.issuer().contains("/oauth2/")
                        ? problem
                        : problem.mismatch(MismatchCause.OKTA_AUTHORIZATION_SERVER)
                                .fix(
                                        "The JWT is of Okta's org authorization server, whose access tokens nobody but Okta can"
                                                + " verify: ask a custom authorization server, /oauth2/<id>/v1/token.");
            case KUBERNETES ->
                jwt.audiences().stream().anyMatch(ExchangeRefusal::isApiServer)
                        ? problem.mismatch(MismatchCause.KUBERNETES_DEFAULT_AUDIENCE)
                                .fix(
                                        "The JWT is the default token of the pod, meant for the cluster's API server: project a"
                                                + " token with the policy's audience into the pod.")
                        : problem;
            default -> problem;
        };
    }

    private static boolean isApiServer(String audience) {
        return audience.contains("kubernetes.default.svc") || audience.equals("k3s");
    }

    private Problem mismatch(ErrorCode code, String claim, List<String> sent, Optional<String> named) {
        if (named.isEmpty()) {
            return advised(problem(code));
        }
        Problem shown = problem(code);
        Problem advised = advised(shown);
        if (advised.mismatch().isPresent()) {
            return advised;
        }
        Optional<Found> found = difference(claim, named.get(), sent);
        String how = found.map(near -> " (" + near.mistake() + ": " + near.hint() + ")")
                .orElse("");
        Problem fixed = shown.fix("The JWT's " + claim + " is '" + String.join("', '", sent) + "', the reply names '"
                + named.get() + "'" + how + ". " + code.fix());
        return found.map(near -> fixed.mismatch(MismatchCause.valueOf(near.mistake())))
                .orElse(fixed);
    }

    private Optional<Found> difference(String claim, String named, List<String> sent) {
        if (claim.equals("aud") && isAccountId(named)) {
            return Optional.of(new Found(
                    MismatchCause.ACCOUNT_ID_DEFAULT.name(),
                    "it looks like an account id, and a policy without audiences accepts the account id only"));
        }
        Optional<Found> copied = claim.equals("sub") ? ClaimMixUp.of(jwt.claims(), claim, named) : Optional.empty();
        return copied.or(() -> sent.stream()
                .flatMap(each -> NEAR_MISS.between(named, each).stream())
                .min(Comparator.comparing(found -> MismatchCause.valueOf(found.mistake()))));
    }

    /** For Entra ID's tokens a GUID is the client id of an API, which the near miss knows. */
    private boolean isAccountId(String audience) {
        return UUID_FORM.matcher(audience).matches() && TokenOrigin.of(jwt.claims()) != TokenOrigin.ENTRA;
    }

    private Problem problem(ErrorCode code) {
        return TokenEndpoint.problem(
                code,
                who + " refused to exchange the JWT {iss: '" + jwt.issuer() + "', aud: '"
                        + String.join("', '", jwt.audiences()) + "', sub: '" + jwt.subject() + "'} for a token of "
                        + (principal == null ? "this user" : principal),
                refused);
    }

    /** What the reply names has been scrubbed, which can take a long claim for a secret; so is what it is compared with. */
    private static boolean same(String named, String claim) {
        return named.equals(claim) || named.equals(SafeText.scrubbed(claim));
    }

    private Optional<String> named(String what) {
        Matcher names = NAMED.matcher(said);
        while (names.find()) {
            if (names.group(1).equals(what)) {
                return Optional.of(names.group(2));
            }
        }
        return Optional.empty();
    }
}
