// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/**
 * Tells a refused token from a missing permission. Databricks says 401 for some dead tokens and 403 or 400 for others, and
 * 403 for permissions too; the words make the difference.
 */
public final class DeadToken {
    /** As seen: JDBC driver fixtures, databricks-sdk-go#1061, databricks-vscode#583, splunk-integration#55. */
    private static final List<String> PHRASES = List.of(
            "invalid access token",
            "token is expiring within",
            "token expired",
            "token is expired",
            "token has expired",
            "jwt has expired",
            "expiredjwt");

    /** Only as the whole message: a parser says "invalid token 'x'" of a query's text. */
    private static final String INVALID_TOKEN = "invalid token";

    private DeadToken() {}

    /**
     * Tells whether a service refused the token itself, so that another one may help.
     *
     * @param status the reply's HTTP status
     * @param headers the reply's headers
     * @param body the reply's body
     * @return true on 401, and on 400 or 403 whose words speak of a dead token; never for a denied permission
     */
    public static boolean refused(int status, HttpHeaders headers, String body) {
        if (status == 401) {
            return true;
        }
        if (status != 400 && status != 403) {
            return false;
        }
        ErrorReply said = ErrorReply.of(body);
        if (said.error().equals("PERMISSION_DENIED")) {
            return false;
        }
        return speaksOfIt(said.description())
                || speaksOfIt(said.error())
                || speaksOfIt(headers.firstValue("x-databricks-reason-phrase").orElse(""));
    }

    private static boolean speaksOfIt(String words) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        return PHRASES.stream().anyMatch(text::contains)
                || text.equals(INVALID_TOKEN)
                || text.equals(INVALID_TOKEN + ".");
    }
}
