// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpToken;

/**
 * The two forms of an Entra ID access token. Which one is issued is a setting of the <em>API's</em> application
 * ({@code api.requestedAccessTokenVersion} in its manifest), whichever endpoint is asked; issuer and audience differ, so a
 * federation policy fits one of them only.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/access-tokens#token-formats">Token formats</a>
 */
public enum EntraTokenVersion {
    /** {@code iss} = {@code https://sts.windows.net/<tenant>/}, {@code aud} = the Application ID URI or the client id. */
    V1("1.0"),
    /**
     * {@code iss} = {@code https://login.microsoftonline.com/<tenant>/v2.0}, {@code aud} = the client id of the API's
     * application.
     */
    V2("2.0");

    private final String claim;

    EntraTokenVersion(String claim) {
        this.claim = claim;
    }

    /** {@return the version as the token's {@code ver} names it} */
    String claim() {
        return claim;
    }

    static EntraTokenVersion of(IdpToken token) {
        Object said = token.claims().get("ver");
        boolean second = said == null ? token.issuer().endsWith("/v2.0") : said.equals(V2.claim);
        return second ? V2 : V1;
    }
}
