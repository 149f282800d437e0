// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a client can read, as it tells the server in the header {@code delta-sharing-capabilities}: keys and values in any
 * case, {@code ;} between the keys, {@code ,} between the values.
 *
 * @param formats the forms it reads, the preferred one first
 * @param readerFeatures the Delta protocol's features its reader has
 */
record Capabilities(List<ResponseFormat> formats, Set<String> readerFeatures) {
    private static final String NAME = "delta-sharing-capabilities";
    private static final String END = "includeendstreamaction";

    Capabilities {
        formats = List.copyOf(formats);
        readerFeatures = Set.copyOf(readerFeatures);
    }

    String header() {
        String offered = "responseformat="
                + formats.stream().map(ResponseFormat::wireName).collect(Collectors.joining(","));
        String features = readerFeatures.isEmpty()
                ? ""
                : ";readerfeatures="
                        + String.join(",", new TreeSet<>(readerFeatures)).toLowerCase(Locale.ROOT);
        return offered + features + ";" + END + "=true";
    }

    boolean offers(String feature) {
        return readerFeatures.stream().anyMatch(feature::equalsIgnoreCase);
    }

    /** Whether the server has said that its answer ends with an action of its own. */
    static boolean endIsPromised(HttpHeaders headers) {
        return granted(headers).getOrDefault(END, "").equals("true");
    }

    private static Map<String, String> granted(HttpHeaders headers) {
        Map<String, String> granted = new LinkedHashMap<>();
        for (String header : headers.allValues(NAME)) {
            for (String each : header.toLowerCase(Locale.ROOT).split(";", -1)) {
                int equals = each.indexOf('=');
                if (equals > 0) {
                    granted.put(
                            each.substring(0, equals).strip(),
                            each.substring(equals + 1).strip());
                }
            }
        }
        return granted;
    }
}
