// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** An application in the browser: a public client, with the exact addresses a person may be sent back to. */
record BrowserApplication(String clientId, Set<String> redirectUris, Set<String> logoutUris) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    BrowserApplication {
        redirectUris.forEach(BrowserApplication::requireSafe);
        logoutUris.forEach(BrowserApplication::requireSafe);
        redirectUris = Set.copyOf(redirectUris);
        logoutUris = Set.copyOf(logoutUris);
    }

    BrowserApplication withLogoutUris(Set<String> more) {
        Set<String> all = new LinkedHashSet<>(logoutUris);
        all.addAll(more);
        return new BrowserApplication(clientId, redirectUris, all);
    }

    /** The origins its scripts run on. */
    Set<String> origins() {
        return redirectUris.stream().map(BrowserApplication::origin).collect(Collectors.toUnmodifiableSet());
    }

    /** Scheme, host and port, as a browser writes them in {@code Origin}. */
    static String origin(String uri) {
        URI parsed = URI.create(uri);
        String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
        return parsed.getScheme() + "://" + parsed.getHost() + port;
    }

    /** RFC 9700 §2.1: codes travel by TLS only, except to this machine; RFC 6749 §3.1.2: without a fragment. */
    private static void requireSafe(String text) {
        URI uri = URI.create(text);
        String host = uri.getHost();
        boolean secure = "https".equals(uri.getScheme()) && host != null;
        boolean loopback = "http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host);
        boolean bare = uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (!bare || !(secure || loopback)) {
            throw new IllegalArgumentException(
                    "an address to return to is https, or http to this machine, without user and fragment: " + text);
        }
    }
}
