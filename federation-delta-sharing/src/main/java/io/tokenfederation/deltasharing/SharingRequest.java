// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to the sharing server. All of them read, whatever their method: each may be sent again.
 *
 * @param what what is asked for, for messages
 * @param path the path below the endpoint, encoded
 * @param parameters the query
 * @param body what is posted; null for a GET
 * @param streamed whether the answer is a stream of lines, in a form to be agreed on
 */
record SharingRequest(
        String what,
        String path,
        Map<String, String> parameters,
        @Nullable String body,
        boolean streamed) {
    static SharingRequest get(String what, String... segments) {
        return new SharingRequest(what, path(segments), Map.of(), null, false);
    }

    /** The same request with its answer as lines. */
    SharingRequest lines() {
        return new SharingRequest(what, path, parameters, body, true);
    }

    SharingRequest posting(String json) {
        return new SharingRequest(what, path, parameters, json, streamed);
    }

    SharingRequest with(String name, String value) {
        return with(Map.of(name, value));
    }

    SharingRequest with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(more);
        return new SharingRequest(what, path, all, body, streamed);
    }

    HttpRequest build(URI endpoint, String bearer, String capabilities) {
        HttpRequest.Builder request = HttpTransport.request(uri(endpoint)).header("Authorization", "Bearer " + bearer);
        if (streamed) {
            request.header("Accept", "application/x-ndjson, application/json")
                    .header("delta-sharing-capabilities", capabilities);
        } else {
            request.header("Accept", "application/json");
        }
        return body == null
                ? request.GET().build()
                : request.header("Content-Type", "application/json; charset=utf-8")
                        .POST(BodyPublishers.ofString(body))
                        .build();
    }

    private URI uri(URI endpoint) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@return what is asked for; neither page tokens nor predicates} */
    @Override
    public String toString() {
        return what;
    }
}
