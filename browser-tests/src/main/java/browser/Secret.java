// SPDX-License-Identifier: Apache-2.0
package browser;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Something that must not be where it does not belong, and the look for it: as it is, percent-encoded, or in Base64. */
public final class Secret {
    /** What a JWT begins with: an object's first member, in Base64. */
    private static final Pattern JWT_LIKE = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}");

    private static final int SHORTEST = 8;

    private final List<String> fragments;

    private Secret(List<String> fragments) {
        this.fragments = fragments;
    }

    /**
     * A JWT is looked for by its claims and by its signature, each for itself; its header is many tokens'.
     *
     * @param value a token, or a secret of another kind, of at least eight characters
     */
    public static Secret of(String value) {
        List<String> parts = List.of(value.split("\\.", -1));
        List<String> fragments = parts.size() == 3 && JWT_LIKE.matcher(value).lookingAt()
                ? parts.subList(1, 3).stream().filter(part -> !part.isEmpty()).toList()
                : List.of(value);
        if (fragments.stream().anyMatch(fragment -> fragment.length() < SHORTEST)) {
            throw new IllegalArgumentException("too short to be told from what is there by chance");
        }
        return new Secret(fragments);
    }

    /** {@return whether any text here looks like a JWT, whoever's it may be} */
    public static boolean looksLikeJwt(String text) {
        return readings(text).anyMatch(reading -> JWT_LIKE.matcher(reading).find());
    }

    /** {@return whether the text holds it, or a part of it that nobody guesses} */
    public boolean isIn(String text) {
        return readings(text).anyMatch(reading -> fragments.stream().anyMatch(reading::contains));
    }

    private static Stream<String> readings(String text) {
        String plain = percentDecoded(text);
        return Stream.concat(
                Stream.of(text, plain), BASE64.matcher(plain).results().map(run -> base64Decoded(run.group())));
    }

    private static String percentDecoded(String text) {
        if (!text.contains("%")) {
            return text;
        }
        try {
            // A plus sign is one in Base64, and a space in a form.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String base64Decoded(String run) {
        try {
            String standard = run.replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(standard), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
