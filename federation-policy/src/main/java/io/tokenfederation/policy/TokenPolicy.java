// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.IdpToken;
import io.tokenfederation.internal.VisibleText;
import java.util.Collection;
import java.util.List;

/** The policy that a real token would match. */
final class TokenPolicy {
    private static final String CIRCLECI = "oidc.circleci.com/project-id";
    private static final String BITBUCKET = "repositoryUuid";

    private TokenPolicy() {}

    static FederationPolicy matching(IdpToken token) {
        return matching(token, stableClaim(token));
    }

    static FederationPolicy matching(IdpToken token, String subjectClaim) {
        return FederationPolicy.builder()
                .issuer(token.issuer())
                .audience(token.audiences().stream()
                        .filter(audience -> !audience.equals("account"))
                        .findFirst()
                        .orElse(token.audiences().get(0)))
                .subject(subject(token, subjectClaim))
                .subjectClaim(subjectClaim)
                .build();
    }

    /** CircleCI's sub holds whoever started the job, Bitbucket's the step: the next run would not match. */
    private static String stableClaim(IdpToken token) {
        if (token.issuer().startsWith("https://oidc.circleci.com/")
                && token.claims().containsKey(CIRCLECI)) {
            return CIRCLECI;
        }
        boolean bitbucket = token.issuer().startsWith("https://api.bitbucket.org/");
        return bitbucket && token.claims().containsKey(BITBUCKET) ? BITBUCKET : "sub";
    }

    private static String subject(IdpToken token, String claim) {
        Object value = token.claims().get(claim);
        if (value instanceof String text) {
            return text;
        }
        List<String> texts = value instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
        if (!claim.equals("groups") || texts.isEmpty()) {
            throw new IllegalArgumentException("the token has no string in its claim '" + claim + "'; its claims are "
                    + String.join(", ", token.claims().keySet()));
        }
        if (texts.size() > 1) {
            throw new IllegalArgumentException("the token names " + texts.size() + " groups, a policy one: set it by"
                    + " subject(...) of the builder; they begin with '" + VisibleText.of(texts.get(0)) + "'");
        }
        return texts.get(0);
    }
}
