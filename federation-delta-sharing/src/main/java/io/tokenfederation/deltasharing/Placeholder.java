// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.regex.Pattern;

/**
 * What stands in a profile until somebody puts the value there. Databricks' portal writes
 * {@code [REPLACE_WITH_YOUR_CLIENT_ID]}; others write {@code <client-id>}, {@code ${CLIENT_ID}} or {@code YOUR_CLIENT_ID}.
 */
final class Placeholder {
    /** Variables in capitals only: a secret may well begin with a dollar. */
    private static final String FORMS =
            "<[^<>]+>|\\[[^\\[\\]]+]|\\{.+}|\\$\\{\\w+}|\\$[A-Z][A-Z0-9_]+|%[A-Z][A-Z0-9_]+%"
                    + "|(?i:replace[-_ ]with[-_ ]\\w+|your[-_ ](?:(?:client|bearer|access)[-_ ])?(?:id|secret|scope|token))";

    private static final Pattern WHOLE = Pattern.compile(FORMS);
    private static final Pattern ONE_OF =
            Pattern.compile("<[^<>]+>|\\[[^\\[\\]]+]|(?:^|\\s)(?:" + FORMS + ")(?:\\s|$)");

    private Placeholder() {}

    static boolean is(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** For lists separated by spaces: a placeholder may have some in it, or be a part, as in {@code api://[APP_ID]/.default}. */
    static boolean isAmong(String texts) {
        return ONE_OF.matcher(texts).find();
    }
}
