// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a refused token from a missing permission. Databricks says 401 for some dead tokens and 403 or 400 for others, and
 * 403 for permissions too; the words make the difference.
 *
 * <p>Whoever is told true sends the request again, so words count only in the shape in which Databricks itself refuses:
 * an application behind it may speak of a token that was refused further down, after it had done something.
 */
public final class DeadToken {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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

    private static final Pattern INVALID_WHOLE = Pattern.compile("(?i)invalid (access )?token\\.?");

    private DeadToken() {}

    /**
     * Tells whether a service refused the token itself, so that another one may help.
     *
     * @param status the reply's HTTP status
     * @param body the reply's body
     * @return true on 401, and on 400 or 403 whose body is a JSON object with {@code error_code} and {@code message} that
     *     speaks of a dead token; never for a denied permission
     */
    public static boolean refused(int status, String body) {
        if (status == 401) {
            return true;
        }
        if (status != 400 && status != 403) {
            return false;
        }
        JsonNode said = json(body);
        JsonNode code = said.path("error_code");
        return (code.isTextual() || code.isIntegralNumber())
                && !code.asText().equals("PERMISSION_DENIED")
                && said.path("message").isTextual()
                && speaksOfIt(said.path("message").textValue());
    }

    /**
     * Tells whether a service refused the token in two words of plain text, as Databricks itself has done with 403
     * (databricks-sdk-java's change log). Only for who knows that Databricks itself has answered, and not an
     * application behind it.
     *
     * @param status the reply's HTTP status
     * @param body the reply's body
     * @return true on 403 with nothing but those words
     */
    public static boolean refusedInPlainWords(int status, String body) {
        return status == 403 && INVALID_WHOLE.matcher(body.strip()).matches();
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static boolean speaksOfIt(String words) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        return PHRASES.stream().anyMatch(text::contains)
                || text.equals(INVALID_TOKEN)
                || text.equals(INVALID_TOKEN + ".");
    }
}
