// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import com.databricks.sdk.core.http.Request;
import io.tokenfederation.DatabricksToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header that carries a token. The SDK keeps headers in a map that minds the case, and writes this one so. */
final class Bearer {
    static final String HEADER = "Authorization";

    /** The SDK logs the headers of a request that was answered, if it is told to. */
    private static final String SENT = "Bearer [removed after it was sent]";

    private Bearer() {}

    static String of(DatabricksToken token) {
        return "Bearer " + token.value();
    }

    static @Nullable String in(Request request) {
        Map<String, String> headers = request.getHeaders();
        return headers.get(HEADER);
    }

    static void put(Request request, DatabricksToken token) {
        request.withHeader(HEADER, of(token));
    }

    static void removeFrom(Request request) {
        request.withHeader(HEADER, SENT);
    }
}
