// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;

/**
 * Where a server is that credentials may go to: scheme, host and port, and nothing behind them.
 *
 * @param uri as it was written, without a slash at its end
 */
record Origin(URI uri) {
    /**
     * Reads it, as people copy it from a page.
     *
     * @throws IllegalArgumentException if credentials may not go there, or something follows the host
     */
    static Origin of(String url, String what) {
        URI uri = HttpTransport.requireSecure(HttpTransport.parse(url, what), what);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!(path.isEmpty() || path.equals("/")) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    what + " must be scheme and host alone; leave out the path and whatever else follows the host");
        }
        return new Origin(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()));
    }

    /** {@return it, as a URL begins} */
    @Override
    public String toString() {
        return uri.toString();
    }
}
