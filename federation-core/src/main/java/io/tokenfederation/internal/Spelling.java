// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import io.tokenfederation.internal.NearMiss.Found;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value, written in two ways: they are the same once case, slashes, spaces or the like are left out of account. */
final class Spelling {
    private static final Pattern SCHEME = Pattern.compile("^(?:https?|api|spiffe)://", Pattern.CASE_INSENSITIVE);
    private static final Pattern DEFAULT_PORT =
            Pattern.compile("^(?:(https://[^/:]+):443|(http://[^/:]+):80)(?=/|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern END = Pattern.compile("/+$");
    private static final Pattern QUOTED = Pattern.compile("^([\"'`])(.*)\\1$", Pattern.DOTALL);
    private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}\\x{1680}\\x{3000}]+");
    private static final Pattern INVISIBLE =
            Pattern.compile("[[\\p{Cc}\\p{Cf}]\\x{115F}\\x{1160}\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}]+");
    private static final Pattern ENCODED = Pattern.compile("(?:%\\p{XDigit}{2})+");

    /** Fewer characters than these have no typo: everything short is near to everything short. */
    private static final int LONG_ENOUGH = 4;

    private static final List<Kind> KINDS = List.of(
            new Kind(Mistake.LETTER_CASE, "letter case", text -> text.toLowerCase(Locale.ROOT)),
            new Kind(Mistake.WHITE_SPACE, "white space", WHITE, ""),
            new Kind(Mistake.INVISIBLE_CHARACTER, "characters that cannot be seen", INVISIBLE, ""),
            new Kind(Mistake.LOOK_ALIKE, "characters that look alike", LookAlikes::plain),
            new Kind(Mistake.QUOTES, "quotes around the value", QUOTED, "$2"),
            new Kind(Mistake.DEFAULT_PORT, "the port, which is the default of the scheme", DEFAULT_PORT, "$1$2"),
            new Kind(Mistake.SCHEME, "the scheme, such as https://", SCHEME, ""),
            new Kind(Mistake.DOUBLE_SLASH, "how many slashes stand together", SLASHES, "/"),
            new Kind(Mistake.PERCENT_ENCODING, "percent-encoding", Spelling::decoded));

    private Spelling() {}

    /**
     * Something that ought not to matter, and does.
     *
     * @param mistake what it is called
     * @param matter what they differ in, in words
     * @param without leaves it out of account
     */
    private record Kind(Mistake mistake, String matter, UnaryOperator<String> without) {
        Kind(Mistake mistake, String matter, Pattern pattern, String replacement) {
            this(mistake, matter, text -> pattern.matcher(text).replaceAll(replacement));
        }
    }

    static Optional<Found> between(NearMiss sides, String mine, String theirs) {
        for (Kind kind : KINDS) {
            if (kind.without().apply(mine).equals(kind.without().apply(theirs))) {
                return found(sides, kind.mistake(), "only in " + kind.matter(), mine, theirs);
            }
        }
        if (Math.min(mine.length(), theirs.length()) >= LONG_ENOUGH && FirstDifference.isAll(mine, theirs)) {
            return found(sides, Mistake.ONE_CHARACTER, "in one character", mine, theirs);
        }
        String plain = plain(mine);
        return !plain.isEmpty() && plain.equals(plain(theirs))
                ? found(
                        sides,
                        Mistake.SEVERAL_SPELLINGS,
                        "only in scheme, letter case or trailing slash, or the like, more than one of them",
                        mine,
                        theirs)
                : Optional.empty();
    }

    /** The value without scheme, letter case and the slash at its end; enough to tell two addresses' parts apart. */
    static String loose(String text) {
        String bare = SCHEME.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return END.matcher(bare).replaceFirst("");
    }

    /** All that ought not to matter, left out; the port before the scheme it is the default of. */
    private static String plain(String text) {
        String plain = text;
        for (Kind kind : KINDS) {
            plain = kind.without().apply(plain);
        }
        return END.matcher(plain).replaceFirst("");
    }

    private static Optional<Found> found(NearMiss sides, Mistake mistake, String in, String mine, String theirs) {
        return NearMiss.found(mistake, "they differ " + in + ": " + FirstDifference.words(sides, mine, theirs));
    }

    private static String decoded(String text) {
        return ENCODED.matcher(text)
                .replaceAll(run -> Matcher.quoteReplacement(URLDecoder.decode(run.group(), StandardCharsets.UTF_8)));
    }
}
