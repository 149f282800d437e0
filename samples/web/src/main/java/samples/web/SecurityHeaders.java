// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.sun.net.httpserver.Headers;

/** What tells the browser to trust nothing but this application and the identity provider. */
final class SecurityHeaders {
    private static final String FEATURES = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(),"
            + " geolocation=(), gyroscope=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()";

    private final String contentSecurityPolicy;

    SecurityHeaders(String loginOrigin) {
        // The log out form goes to the identity provider, which sends the browser back here: both are form-action.
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self' " + loginOrigin + "; form-action 'self' " + loginOrigin
                + "; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    void addTo(Headers headers) {
        headers.set("Content-Security-Policy", contentSecurityPolicy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", FEATURES);
        headers.set("Cache-Control", "no-store");
    }
}
