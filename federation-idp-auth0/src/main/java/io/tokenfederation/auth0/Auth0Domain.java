// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what people give for the tenant's domain. */
final class Auth0Domain {
    /** A host name, or the loopback address of a stand-in with its port. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?");

    private Auth0Domain() {}

    /** {@return scheme and host, without a slash at the end} */
    static String origin(String domain) {
        String base = requireNonNull(domain, "domain").strip();
        base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        if (!base.startsWith("https://") && !base.startsWith("http://")) {
            base = "https://" + base;
        }
        if (!HOST.matcher(host(base)).matches()) {
            throw new IllegalArgumentException(
                    "domain must be the Auth0 domain alone, such as dev-1.us.auth0.com; leave out the path");
        }
        // Auth0 writes its issuers in lower case, and compares the audience of an assertion with them.
        return base.toLowerCase(Locale.ROOT);
    }

    static String host(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }
}
