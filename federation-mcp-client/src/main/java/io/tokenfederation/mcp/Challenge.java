// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server asks for when it refuses a token: its {@code WWW-Authenticate: Bearer} (RFC 6750 §3, RFC 9728 §5.1).
 *
 * @param parameters by name in lower case, as the server wrote them
 */
record Challenge(Map<String, String> parameters) {
    /** Longer than any challenge; bounds the work of the pattern. */
    private static final int READ = 8_192;

    private static final String WORD = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";

    /** A scheme, or a parameter of the one before it. */
    private static final Pattern PART = Pattern.compile(
            "(" + WORD + ")(?:\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]*+)))?", Pattern.DOTALL);

    static final Challenge NONE = new Challenge(Map.of());

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    static Challenge of(HttpHeaders headers) {
        return headers.allValues("WWW-Authenticate").stream()
                .map(Challenge::bearer)
                .filter(parameters -> !parameters.isEmpty())
                .findFirst()
                .map(Challenge::new)
                .orElse(NONE);
    }

    /** A header may hold several challenges; only those of the Bearer scheme are for us. */
    private static Map<String, String> bearer(String header) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher part = PART.matcher(header.length() > READ ? header.substring(0, READ) : header);
        boolean ours = false;
        while (part.find()) {
            String quoted = part.group(2);
            String value = quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            if (value == null) {
                ours = part.group(1).equalsIgnoreCase("Bearer");
            } else if (ours) {
                parameters.putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), value);
            }
        }
        return parameters;
    }

    /** {@return where the server's protected resource metadata is, by its own account; perhaps no URL at all} */
    Optional<String> resourceMetadata() {
        return parameter("resource_metadata");
    }

    /** {@return the scopes the request needs, in the server's order} */
    List<String> scopes() {
        return parameter("scope").map(Challenge::words).orElse(List.of());
    }

    private static List<String> words(String scope) {
        return Stream.of(scope.strip().split("\\s+")).distinct().toList();
    }

    boolean insufficientScope() {
        return error().equals("insufficient_scope");
    }

    /** {@return the OAuth error; empty if there is none} */
    String error() {
        return parameter("error").orElse("");
    }

    /** {@return the server's words; empty if there are none} */
    String description() {
        return parameter("error_description").orElse("");
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    /** {@return the names of the parameters; not what they say} */
    @Override
    public String toString() {
        return "Challenge" + parameters.keySet();
    }
}
