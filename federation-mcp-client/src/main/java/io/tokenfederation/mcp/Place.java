// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address, as messages show it: never with user info, query or fragment, which may hold anything.
 *
 * @param uri the address
 * @param own whether the application set it, or it is made of one that it set; otherwise a server named it
 */
record Place(URI uri, boolean own) {
    /** Longer than any address that a person has typed. */
    private static final int MOST = 1_000;

    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}]");

    static Place own(URI uri) {
        return new Place(uri, true);
    }

    static Place named(URI uri) {
        return new Place(uri, false);
    }

    /** An address that is made of this one. */
    Place like(String address) {
        return new Place(URI.create(address), own);
    }

    /**
     * {@return it, fit for a message: the application's own whole, since it must say where something failed; a server's
     * scrubbed as its other words are, since a path can hold what was sent to it}
     */
    @Override
    public String toString() {
        return own ? readable(whole()) : SafeText.of(whole());
    }

    /** The address as it is, not fit for a message yet. */
    String whole() {
        String authority = String.valueOf(uri.getRawAuthority());
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + path;
    }

    private static String readable(String address) {
        String readable = UNREADABLE
                .matcher(address)
                .replaceAll(found -> Matcher.quoteReplacement(
                        String.format("\\u%04x", found.group().codePointAt(0))));
        return readable.length() > MOST ? readable.substring(0, MOST - 1) + "…" : readable;
    }
}
