// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a reply begins: status and headers. */
record ReplyStart(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
    ReplyStart(int statusCode, String type) {
        this(statusCode, headers(Map.of("Content-Type", List.of(type))));
    }

    ReplyStart announcing(long length) {
        Map<String, List<String>> all = new TreeMap<>(headers.map());
        all.put("Content-Length", List.of(Long.toString(length)));
        return new ReplyStart(statusCode, headers(all));
    }

    private static HttpHeaders headers(Map<String, List<String>> all) {
        return HttpHeaders.of(all, (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
