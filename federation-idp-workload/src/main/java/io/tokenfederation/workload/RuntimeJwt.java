// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Decodes what a runtime issued, and knows the tokens that cannot serve for a reason of the runtime's own. */
final class RuntimeJwt {
    /** Databricks refuses a token in its last 30 seconds, and the exchanger keeps 10 more for the way. */
    private static final Duration LAST_USE = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    private RuntimeJwt() {}

    /**
     * Decodes.
     *
     * @param where the place it was found in, for messages: {@code the file /run/token}
     */
    static IdpToken parse(String jwt, String where) {
        try {
            return IdpToken.parse(jwt);
        } catch (IdpTokenException e) {
            if (e.code().equals(ErrorCode.IDP_TOKEN_CLAIM_MISSING.name())) {
                throw located(where, "", incomplete(jwt, e.problem()));
            }
            if (e.code().equals(ErrorCode.IDP_TOKEN_ENCRYPTED.name())) {
                throw located(where, "", e.problem());
            }
            Lookalike known = Lookalike.of(jwt);
            throw located(where, known.words(), e.problem().fix(known.fix()));
        }
    }

    private static IdpTokenException located(String where, String words, Problem problem) {
        String message = "what is in " + where + words + ": " + problem.message();
        return new IdpTokenException(
                Problem.of(problem.code(), message, problem.fix()).retryable(problem.retryable()));
    }

    /** {@return whether there is too little left of a token to be exchanged} */
    static boolean isOver(IdpToken token, Instant now) {
        return token.expiresAt().isBefore(now.plus(LAST_USE));
    }

    /** {@return when it ends, in words} */
    static String end(IdpToken token, Instant now) {
        long left = Duration.between(now, token.expiresAt()).toSeconds();
        return left > 0
                ? "ends in " + left + " s, at " + token.expiresAt()
                : "expired " + -left + " s ago, at " + token.expiresAt();
    }

    static void requireAudience(IdpToken token, String audience, String where) {
        if (!token.audiences().contains(audience)) {
            throw WorkloadErrorCode.WORKLOAD_AUDIENCE_UNEXPECTED.exception("the token in " + where + " is for '"
                    + SafeText.of(String.join("', '", token.audiences())) + "', not for '" + audience + "'");
        }
    }

    private static Problem incomplete(String jwt, Problem known) {
        JsonNode claims = claims(jwt);
        if (!claims.has("iss") && claims.path("sub").asText().startsWith("spiffe://")) {
            return known.kind(
                    WorkloadErrorCode.SPIFFE_ISSUER_MISSING.name(), WorkloadErrorCode.SPIFFE_ISSUER_MISSING.fix());
        }
        if (claims.path("iss").asText().equals("kubernetes/serviceaccount")) {
            return known.kind(
                    WorkloadErrorCode.KUBERNETES_LEGACY_TOKEN.name(), WorkloadErrorCode.KUBERNETES_LEGACY_TOKEN.fix());
        }
        return known;
    }

    private static JsonNode claims(String jwt) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", 3)[1]));
        } catch (IOException | IllegalArgumentException e) {
            // It was decoded a moment ago, by a more lenient decoder.
            return MissingNode.getInstance();
        }
    }
}
