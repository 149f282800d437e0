// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the federation on every request: who acts, and on whose behalf.
 *
 * @param email the person's address, for audit; never empty
 * @param role what the person acts as; its name is sent, for audit
 * @param forwardToken whether the server's own code gets the token too
 */
record CallHeaders(@Nullable String email, @Nullable ResolvedRole role, boolean forwardToken) {
    private static final int DELETE = 0x7F;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    static final CallHeaders NONE = new CallHeaders(null, null, false);

    CallHeaders caller(Caller caller) {
        return new CallHeaders(
                caller.email().filter(address -> !address.isEmpty()).orElse(null), role, forwardToken);
    }

    CallHeaders role(ResolvedRole actsAs) {
        return new CallHeaders(email, requireSendable(actsAs), forwardToken);
    }

    CallHeaders forwardToken(boolean forward) {
        return new CallHeaders(email, role, forward);
    }

    /** One client has the tokens of one service principal, whatever a role says. */
    ResolvedRole requireSame(ResolvedRole other) {
        if (role != null && !role.servicePrincipal().equals(other.servicePrincipal())) {
            throw new IllegalArgumentException("the role " + SafeText.of(other.name()) + " acts as service principal "
                    + other.servicePrincipal() + ", but this client as " + role.servicePrincipal()
                    + "; build a client per service principal");
        }
        return other;
    }

    /** Checked here, because the JDK quotes a header value it refuses in its exception. */
    private static ResolvedRole requireSendable(ResolvedRole role) {
        if (!SENDABLE.matcher(role.name()).matches()) {
            throw new IllegalArgumentException("the role's name cannot be sent in the header X-Caller-Role:"
                    + " it is empty, starts or ends with a space, or holds a line break or a character outside ASCII");
        }
        return role;
    }

    /**
     * A text in visible ASCII without its percent sign; every byte of anything else, in UTF-8, as {@code %XX}. So a server
     * that decodes gets what was there, and nothing in it can end the header.
     */
    static String encoded(String text) {
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

    /** What must come back in no message. The role may: it is the application's own word, and helps. */
    List<String> secrets(DatabricksToken token, Session session) {
        return Stream.of(token.value(), session.id(), email, email == null ? null : encoded(email))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Puts them, by name and value, where headers are collected. */
    void addTo(BiConsumer<String, String> headers, DatabricksToken token) {
        headers.accept("Authorization", "Bearer " + token.value());
        if (forwardToken) {
            headers.accept("X-Databricks-Token", token.value());
        }
        if (role != null) {
            headers.accept("X-Caller-Role", role.name());
        }
        if (email != null) {
            headers.accept("X-Caller-Email", encoded(email));
        }
    }

    /** {@return the role; not the person} */
    @Override
    public String toString() {
        return "CallHeaders[" + (role == null ? "" : role.name()) + (forwardToken ? ", forwards the token]" : "]");
    }
}
