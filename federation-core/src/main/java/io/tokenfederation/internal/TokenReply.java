// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a token endpoint answered (RFC 6749 §5). Read here and not by the OAuth SDK, which refuses replies real servers
 * give: no {@code token_type}, {@code expires_in} as a string or null, another media type; and which takes a 201 for an
 * error and puts the token into it.
 */
public sealed interface TokenReply {
    /**
     * A token.
     *
     * @param accessToken the token
     * @param bearer whether it is a bearer token; a missing {@code token_type} counts as one
     * @param expiresIn how long it lives, where the server says
     * @param scopes what it is for, where the server says
     * @param issuedType what kind of token an exchange brought (RFC 8693 §2.2.1), where the server says
     * @param refreshToken what the next one can be had for (RFC 6749 §6), where the server gives such a thing
     */
    record Issued(
            String accessToken,
            boolean bearer,
            Optional<Duration> expiresIn,
            Set<String> scopes,
            Optional<String> issuedType,
            Optional<String> refreshToken)
            implements TokenReply {
        /** {@return its life and scopes; not the token} */
        @Override
        public String toString() {
            return "Issued[accessToken=redacted, expiresIn=" + expiresIn + ", scopes=" + scopes + "]";
        }
    }

    /**
     * An error, in one of the shapes servers use.
     *
     * @param status the HTTP status
     * @param said the error and its description
     * @param requestId what the server calls the request, where it says
     */
    record Refused(int status, ErrorReply said, Optional<String> requestId) implements TokenReply {}

    /**
     * Something that is no answer of a token endpoint.
     *
     * @param status the HTTP status
     * @param why what is wrong with it
     */
    record Unreadable(int status, String why) implements TokenReply {}

    /** Longer lives are typing errors; the bound also keeps the arithmetic from overflowing. */
    Duration LONGEST = Duration.ofDays(3_650);

    /**
     * Reads a reply.
     *
     * @param reply the reply
     * @param secrets what the request held and the server may repeat: removed from what it says
     * @return what it is
     */
    static TokenReply read(HttpReply reply, Set<String> secrets) {
        JsonNode root = ReplyTree.of(reply);
        String error = root.path("error").asText("");
        if (reply.status() / 100 != 2 || !error.isEmpty()) {
            ErrorReply said = ErrorReply.of(reply, secrets);
            return reply.status() / 100 != 2 || said.json()
                    ? new Refused(reply.status(), said, requestId(reply, root))
                    : new Unreadable(reply.status(), "it is not JSON");
        }
        if (!root.isObject()) {
            return new Unreadable(reply.status(), "it is not a JSON object");
        }
        JsonNode token = root.path("access_token");
        if (!token.isTextual() || token.textValue().isEmpty()) {
            return new Unreadable(reply.status(), "it has no access_token");
        }
        String type = root.path("token_type").asText("Bearer");
        String scope = root.path("scope").asText("");
        return new Issued(
                token.textValue(),
                type.equalsIgnoreCase("Bearer"),
                seconds(root.path("expires_in")),
                scope.isBlank()
                        ? Set.of()
                        : Set.copyOf(Arrays.asList(scope.strip().split("\\s+"))),
                text(root, "issued_token_type"),
                text(root, "refresh_token"));
    }

    private static Optional<String> text(JsonNode root, String member) {
        return Optional.of(root.path(member).asText("")).filter(text -> !text.isEmpty());
    }

    /** Okta and Entra ID say it in the body, in words of their own. */
    private static Optional<String> requestId(HttpReply reply, JsonNode root) {
        Optional<String> inBody = Stream.of("correlation_id", "trace_id", "errorId")
                .map(name -> root.path(name).asText(""))
                .filter(id -> !id.isEmpty())
                .findFirst();
        return reply.header("x-request-id")
                .or(() -> inBody)
                .or(() -> reply.header("x-okta-request-id"))
                .or(() -> reply.header("x-ms-request-id"))
                .map(SafeText::of);
    }

    private static Optional<Duration> seconds(JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(value.asText().strip());
            boolean sane = seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) <= 0;
            return sane ? Optional.of(Duration.ofSeconds(Math.max(0, seconds.longValue()))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
