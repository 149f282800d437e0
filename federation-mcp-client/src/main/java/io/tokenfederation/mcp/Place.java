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

    /** No address holds a plain space. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}&&[^ ]]");

    private static final Pattern SEGMENT = Pattern.compile("[^/]+");

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
     * {@return it, fit for a message: the application's own whole but for what looks like a credential, since it must say
     * where something failed; a server's scrubbed as its other words are, since a path can hold what was sent to it}
     */
    @Override
    public String toString() {
        return own ? cut(readable(origin()) + readable(withoutCredentials(path()))) : SafeText.of(whole());
    }

    /** The address as it is, not fit for a message yet. */
    String whole() {
        return origin() + path();
    }

    private String origin() {
        String authority = String.valueOf(uri.getRawAuthority());
        return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }

    private String path() {
        return uri.getRawPath() == null ? "" : uri.getRawPath();
    }

    /** Each part for itself: together they are long and opaque in most addresses. Some hosts put a key in the path. */
    private static String withoutCredentials(String path) {
        return SEGMENT.matcher(path)
                .replaceAll(found -> Matcher.quoteReplacement(SafeText.withoutCredentials(found.group())));
    }

    private static String readable(String address) {
        return UNREADABLE
                .matcher(address)
                .replaceAll(found -> Matcher.quoteReplacement(
                        String.format("\\u%04x", found.group().codePointAt(0))));
    }

    private static String cut(String readable) {
        return readable.length() > MOST ? readable.substring(0, MOST - 1) + "…" : readable;
    }
}
