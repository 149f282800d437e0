// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the application listens, always on this machine, and how browsers reach it.
 *
 * @param port the port; 0 for any that is free
 * @param origin what browsers see, where something such as a TLS proxy stands in between
 */
record Address(int port, Optional<URI> origin) {
    static final int USUAL_PORT = 8080;

    static Optional<Address> read(Variables variables) {
        Optional<Integer> port = variables.checked(
                "WEB_PORT",
                "set it to a free port, or to 0 for any",
                () -> port(variables.or("WEB_PORT", "" + USUAL_PORT)));
        Optional<Optional<URI>> origin = variables.checked(
                "WEB_URL",
                "set it to what browsers show, without a path: https://sales.example.com, or http://localhost:8080",
                () -> variables.optional("WEB_URL").map(Address::origin));
        return port.flatMap(number -> origin.map(seen -> new Address(number, seen)));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("it is no port");
        }
        return Integer.parseInt(text);
    }

    private static URI origin(String text) {
        URI uri = WebSettings.secure(text.replaceAll("/$", ""));
        boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!bare || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("it has more than scheme, host and port");
        }
        return asBrowsersWriteIt(uri);
    }

    /** Host and Origin are compared with it: lower case, and no port that goes without saying. */
    private static URI asBrowsersWriteIt(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    }
}
