// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.nimbusds.jose.jwk.JWK;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what is no claim of the policy's: the algorithm, the key, and the time. */
final class TokenComparison {
    /** Clocks of two machines are seldom alike; how much Databricks grants is not documented. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final FederationPolicy policy;
    private final IdpToken token;

    TokenComparison(FederationPolicy policy, IdpToken token) {
        this.policy = policy;
        this.token = token;
    }

    List<Difference> signing() {
        if (!PolicyRules.ALGORITHMS.contains(token.algorithm())) {
            return List.of(new Difference(
                    "alg",
                    String.join(", ", PolicyRules.ALGORITHMS),
                    token.algorithm(),
                    MismatchCause.ALGORITHM,
                    "Databricks takes no other algorithms",
                    Remedies.ofToken(MismatchCause.ALGORITHM)));
        }
        return pinned().stream().toList();
    }

    List<Difference> time(Instant now) {
        List<Difference> found = new ArrayList<>();
        if (!now.isBefore(token.expiresAt())) {
            long past = Duration.between(token.expiresAt(), now).toSeconds();
            found.add(time("exp", "later than " + now, token.expiresAt(), MismatchCause.EXPIRED, past + " s ago"));
        }
        Instant latest = now.plus(LEEWAY);
        Optional<Instant> issued = instant("iat").filter(latest::isBefore);
        Optional<Instant> begins = instant("nbf").filter(latest::isBefore);
        issued.ifPresent(
                at -> found.add(time("iat", "not later than " + now, at, MismatchCause.CLOCK_SKEW, ahead(now, at))));
        if (issued.isEmpty()) {
            begins.ifPresent(at ->
                    found.add(time("nbf", "not later than " + now, at, MismatchCause.NOT_YET_VALID, ahead(now, at))));
        }
        return found;
    }

    private Optional<Difference> pinned() {
        if (policy.jwksJson().isEmpty()) {
            return Optional.empty();
        }
        List<JWK> keys = PinnedKeys.of(policy.jwksJson().get());
        String named = token.keyId().orElse("(none named)");
        if (!PinnedKeys.fitting(keys, token.algorithm(), token.keyId()).isEmpty()) {
            return Optional.empty();
        }
        String pinned = keys.stream().map(PinnedKeys::name).collect(Collectors.joining(", "));
        return Optional.of(new Difference(
                "kid",
                pinned.isEmpty() ? "(no key that can be read)" : pinned,
                named,
                MismatchCause.PINNED_KEY_MISSING,
                "the policy pins keys, and this one is not among them: the issuer may have a new key",
                "Add the key '" + named
                        + "' from the issuer's JWKS to the policy's jwks_json, or leave jwks_json out so"
                        + " that Databricks finds the keys by discovery."));
    }

    private static Difference time(String claim, String expected, Instant at, MismatchCause cause, String how) {
        String hint = switch (cause) {
            case EXPIRED -> "the token ended " + how;
            case CLOCK_SKEW -> "the token was issued in the future, " + how + ": two clocks differ";
            default -> "the token begins " + how;
        };
        return new Difference(claim, expected, at.toString(), cause, hint, Remedies.ofToken(cause));
    }

    private static String ahead(Instant now, Instant at) {
        return Duration.between(now, at).toSeconds() + " s from now";
    }

    private Optional<Instant> instant(String claim) {
        return token.claims().get(claim) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }
}
