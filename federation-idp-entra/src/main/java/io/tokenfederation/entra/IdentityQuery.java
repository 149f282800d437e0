// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds the address of a question to an identity endpoint, each value encoded. */
final class IdentityQuery {
    private final StringBuilder text;

    IdentityQuery(URI endpoint, String apiVersion) {
        this.text =
                new StringBuilder(endpoint.toString()).append("?api-version=").append(apiVersion);
    }

    IdentityQuery with(String name, String value) {
        text.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    URI uri() {
        return URI.create(text.toString());
    }
}
