// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.util.regex.Pattern;

/** Addresses as people write them. */
final class Hosts {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_\\-]{1,100}");

    private Hosts() {}

    /** A host and nothing after it, without the slash at its end. */
    static URI require(String url, String what) {
        URI uri = HttpTransport.requireSecure(HttpTransport.parse(url, what), what);
        if (!(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(what + " must end after the host name; leave out the path");
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    /** An id that becomes part of a path. */
    static String requirePathPart(String id, String what) {
        if (!PART.matcher(id).matches()) {
            throw new IllegalArgumentException(what
                    + " has letters, digits and hyphens only; give the id alone, not the URL or path it stands in");
        }
        return id;
    }
}
