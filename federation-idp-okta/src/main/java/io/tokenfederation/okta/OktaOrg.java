// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people give for the org and its authorization server, and says what is wrong with it. */
final class OktaOrg {
    static final String NO_ORG_SERVER =
            "the tokens of the org authorization server are for Okta's own APIs: nobody else gets"
                    + " the keys to verify them, so Databricks cannot take them; use a custom authorization server, such as the"
                    + " ready-made 'default' (Security > API)";

    /** A host name, or the loopback address of a stand-in with its port. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?");

    private static final Pattern CONSOLE =
            Pattern.compile("([a-z0-9-]+)-admin\\.(okta(?:preview|-emea|-gov)?\\.(?:com|mil))");

    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9_-]+");

    private OktaOrg() {}

    /** {@return scheme and host, without a slash at the end} */
    static String origin(String domain) {
        String text = requireNonNull(domain, "domain").strip();
        String url = text.startsWith("https://") || text.startsWith("http://") ? text : "https://" + text;
        String origin = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        String host = host(origin);
        if (host.contains("/oauth2")) {
            throw new IllegalArgumentException(
                    "domain must be the Okta domain alone, such as dev-1.okta.com; what follows"
                            + " /oauth2/ goes into authorizationServer(id)");
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "domain must be the Okta domain alone, such as dev-1.okta.com; leave out the path");
        }
        // Issuers are compared character for character, and Okta writes them in lower case.
        String lower = origin.toLowerCase(Locale.ROOT);
        Matcher console = CONSOLE.matcher(host(lower));
        if (console.matches()) {
            throw new IllegalArgumentException("domain is that of the admin console; tokens are issued by "
                    + console.group(1) + "." + console.group(2));
        }
        HttpTransport.requireSecure(HttpTransport.parse(lower, "domain"), "domain");
        return lower;
    }

    static String host(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }

    /** {@return the id of a custom authorization server} */
    static String server(String id) {
        String server = requireNonNull(id, "authorizationServer").strip();
        // /oauth2/v1/token is the org's own endpoint, so v1 is what people find when they look for an id there.
        if (server.isEmpty() || server.equals("v1") || server.equalsIgnoreCase("org")) {
            throw new IllegalArgumentException(
                    "authorizationServer must name a custom authorization server: " + NO_ORG_SERVER);
        }
        if (!SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException("authorizationServer must be the id alone, such as default or"
                    + " aus1a2b3c4d5e6f7G8h9: in the issuer URI, what follows /oauth2/; if nothing does, that is the org"
                    + " authorization server, and " + NO_ORG_SERVER);
        }
        return server;
    }
}
