// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a JWT Okta issued for what would make the exchange fail, while it can still be said where in Okta it is set.
 *
 * @param client whose token it is, and of which server
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must hold; null if the application does not say
 */
record OktaTokenCheck(
        OktaClient client, String issuer, @Nullable String audience) {
    IdpToken require(IdpToken token) {
        if (!token.issuer().equals(issuer)) {
            throw new IdpTokenException(wrongIssuer(token.issuer()));
        }
        if (token.claims().get("cnf") != null) {
            throw new IdpTokenException(Problem.of(
                    OktaRefusals.DPOP,
                    client.host() + " bound the JWT of client '" + client.id() + "' to a key; Databricks takes bearer"
                            + " tokens only",
                    client.fill(OktaRefusals.DPOP_FIX)));
        }
        if (audience != null && !token.audiences().contains(audience)) {
            String has = String.join("', '", token.audiences());
            throw new IdpTokenException(Problem.of(
                    OktaRefusals.AUDIENCE,
                    "the JWT's audience is '" + has + "', expected is '" + audience + "'",
                    client.fill(
                                    "Every token of the authorization server '%2$s' has its one audience, and no request can"
                                            + " choose another: change it at Security > API > %2$s > Settings > Audience, or make"
                                            + " expectedAudience and the federation policy say '")
                            + has + "'."));
        }
        return token;
    }

    private Problem wrongIssuer(String found) {
        if (!found.contains("/oauth2/")) {
            return Problem.of(
                    OktaRefusals.ORG_SERVER,
                    "the JWT's issuer '" + found + "' is an org authorization server, configured is '" + issuer + "'",
                    client.fill(OktaRefusals.ORG_SERVER_FIX));
        }
        if (found.equals(issuer + "/") || issuer.equals(found + "/") || found.equalsIgnoreCase(issuer)) {
            return Problem.of(
                            ErrorCode.IDP_ISSUER_MISMATCH,
                            "the JWT's issuer is '" + found + "', configured is '" + issuer
                                    + "': they differ in a slash or in case")
                    .fix("Set issuer(url) to '" + found + "', character for character.");
        }
        return Problem.of(
                        ErrorCode.IDP_ISSUER_MISMATCH,
                        "the JWT's issuer is '" + found + "', configured is '" + issuer + "'")
                .fix(client.fill(
                                "Pin the issuer at Security > API > %2$s > Settings > Issuer, as 'Dynamic' makes it follow"
                                        + " the host that is asked; then say the same here, by domain(name) or issuer(url), and in"
                                        + " the federation policy: '")
                        + found + "' is what Okta says now.");
    }
}
