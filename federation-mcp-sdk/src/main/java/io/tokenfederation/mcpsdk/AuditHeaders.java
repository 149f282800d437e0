// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The headers of the federation: who acts, and on whose behalf.
 *
 * @param email the person's address as it is sent; empty for none
 * @param role the role's name; empty for none
 * @param forwardToken whether the server's own code gets the token too
 */
record AuditHeaders(String email, String role, boolean forwardToken) {
    static final String AUTHORIZATION = "Authorization";
    static final String FORWARDED = "X-Databricks-Token";
    static final AuditHeaders NONE = new AuditHeaders("", "", false);

    private static final int DELETE = 0x7F;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    AuditHeaders caller(Caller caller) {
        return new AuditHeaders(encoded(caller.email().orElse("")), role, forwardToken);
    }

    /** Checked here, because the JDK quotes a header value it refuses in its exception. */
    AuditHeaders role(ResolvedRole actsAs) {
        if (!SENDABLE.matcher(actsAs.name()).matches()) {
            throw new IllegalArgumentException("the role's name cannot be sent in the header X-Caller-Role:"
                    + " it is empty, starts or ends with a space, or holds a line break or a character outside ASCII");
        }
        return new AuditHeaders(email, actsAs.name(), forwardToken);
    }

    AuditHeaders forwardToken(boolean forward) {
        return new AuditHeaders(email, role, forward);
    }

    void putOn(HttpRequest.Builder request, DatabricksToken token) {
        request.setHeader(AUTHORIZATION, "Bearer " + token.value());
        if (forwardToken) {
            request.setHeader(FORWARDED, token.value());
        }
        if (!role.isEmpty()) {
            request.setHeader("X-Caller-Role", role);
        }
        if (!email.isEmpty()) {
            request.setHeader("X-Caller-Email", email);
        }
    }

    /** As federation-mcp-client sends it: a server that decodes gets what was there, and nothing in it can end the header. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < DELETE && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** {@return the role; not the person} */
    @Override
    public String toString() {
        return role + (forwardToken ? (role.isEmpty() ? "" : ", ") + "forwards the token" : "");
    }
}
