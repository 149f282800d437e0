// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the federation on every request: who acts, and on whose behalf.
 *
 * @param email the person's address, for audit
 * @param role the application's role, for audit
 * @param forwardToken whether the server's own code gets the token too
 */
record CallHeaders(@Nullable String email, @Nullable String role, boolean forwardToken) {
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    /** Checked here, because the JDK quotes a header value it refuses in its exception. */
    static String require(String value, String header, String what) {
        if (!SENDABLE.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " cannot be sent in the header " + header
                    + ": it is empty, starts or ends with a space, or holds a line break or a character outside ASCII");
        }
        return value;
    }

    /** What must come back in no message. The role may: it is the application's own word, and helps. */
    List<String> secrets(DatabricksToken token, Session session) {
        return Stream.of(token.value(), session.id(), email)
                .filter(Objects::nonNull)
                .toList();
    }

    void addTo(HttpRequest.Builder request, DatabricksToken token) {
        request.header("Authorization", "Bearer " + token.value());
        if (forwardToken) {
            request.header("X-Databricks-Token", token.value());
        }
        if (role != null) {
            request.header("X-Caller-Role", role);
        }
        if (email != null) {
            request.header("X-Caller-Email", email);
        }
    }
}
