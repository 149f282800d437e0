// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Characters that people take for one another: Cyrillic and Greek letters for Latin ones, long dashes, curly quotes, wide
 * forms, O for 0, l for 1. They come from word processors, chats and typing from paper. Unicode's own list (UTS #39) has
 * thousands; these are the ones that look alike in a URL or an id.
 */
final class LookAlikes {
    private static final Map<Integer, Character> PLAIN = plain(Map.ofEntries(
            Map.entry('0', "Oo\u041E\u043E\u039F\u03BF"),
            Map.entry('1', "lI|\u0406\u0456\u0131\u03B9\u2113\u2223"),
            Map.entry('a', "\u0430\u0251\u03B1"),
            Map.entry('c', "\u0441\u03F2"),
            Map.entry('d', "\u0501"),
            Map.entry('e', "\u0435"),
            Map.entry('g', "\u0261"),
            Map.entry('h', "\u04BB"),
            Map.entry('j', "\u0458"),
            Map.entry('p', "\u0440\u03C1"),
            Map.entry('q', "\u051B"),
            Map.entry('s', "\u0455"),
            Map.entry('u', "\u03C5"),
            Map.entry('v', "\u03BD\u0475"),
            Map.entry('w', "\u051D"),
            Map.entry('x', "\u0445"),
            Map.entry('y', "\u0443"),
            Map.entry('A', "\u0410\u0391"),
            Map.entry('B', "\u0412\u0392"),
            Map.entry('C', "\u0421\u03F9"),
            Map.entry('E', "\u0415\u0395"),
            Map.entry('H', "\u041D\u0397"),
            Map.entry('J', "\u0408"),
            Map.entry('K', "\u041A\u039A"),
            Map.entry('M', "\u041C\u039C"),
            Map.entry('N', "\u039D"),
            Map.entry('P', "\u0420\u03A1"),
            Map.entry('S', "\u0405"),
            Map.entry('T', "\u0422\u03A4"),
            Map.entry('X', "\u0425\u03A7"),
            Map.entry('Y', "\u0423\u03A5"),
            Map.entry('Z', "\u0396"),
            Map.entry('-', "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
            Map.entry('/', "\u2044\u2215"),
            Map.entry(':', "\uA789\u2236"),
            Map.entry('.', "\u2024\u3002"),
            Map.entry('_', "\u2017"),
            Map.entry('\'', "\u2018\u2019"),
            Map.entry('"', "\u201C\u201D")));

    private LookAlikes() {}

    /** {@return the text with each of them in its plain form; texts that look alike become equal} */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().forEach(point -> {
            Character known = PLAIN.get(point);
            plain.appendCodePoint(known == null ? point : known);
        });
        return plain.toString();
    }

    private static Map<Integer, Character> plain(Map<Character, String> lookAlikes) {
        Map<Integer, Character> plain = new HashMap<>();
        lookAlikes.forEach((letter, others) -> others.codePoints().forEach(other -> plain.put(other, letter)));
        return Map.copyOf(plain);
    }
}
