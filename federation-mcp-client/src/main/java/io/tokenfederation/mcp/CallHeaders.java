// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HeaderText;
import io.tokenfederation.internal.SafeText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
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
    static final CallHeaders NONE = new CallHeaders(null, null, false);

    CallHeaders caller(Caller caller) {
        return new CallHeaders(
                caller.email().filter(address -> !address.isEmpty()).orElse(null), role, forwardToken);
    }

    CallHeaders role(ResolvedRole actsAs) {
        HeaderText.require(actsAs.name(), "the role's name", "X-Caller-Role");
        return new CallHeaders(email, actsAs, forwardToken);
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

    /** What must come back in no message. The role may: it is the application's own word, and helps. */
    List<String> secrets(DatabricksToken token) {
        Stream<String> person =
                email == null ? Stream.empty() : Stream.of(email, HeaderText.encoded(email), inQuery(email));
        return Stream.concat(Stream.of(token.value(), inQuery(token.value())), person)
                .distinct()
                .toList();
    }

    /** As servers put it into the address of a page. */
    private static String inQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
            headers.accept("X-Caller-Email", HeaderText.encoded(email));
        }
    }

    /** {@return less than a record's own, which costs more than it tells apart} */
    @Override
    public int hashCode() {
        int person = email == null ? 0 : email.hashCode();
        return role == null ? person : 31 * person + role.name().hashCode();
    }

    /** {@return the role; not the person} */
    @Override
    public String toString() {
        return "CallHeaders[" + (role == null ? "" : role.name()) + (forwardToken ? ", forwards the token]" : "]");
    }
}
