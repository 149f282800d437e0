// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client said it can read, in {@code delta-sharing-capabilities}: keys and values without regard to case, {@code ;}
 * between them, {@code ,} inside.
 *
 * @param formats the response formats; only parquet if nothing was said
 * @param features the reader features
 * @param endStreamAction whether the reply must end with an endStreamAction
 * @param sent whether there was a header at all
 */
record SharingCapabilities(Set<String> formats, Set<String> features, boolean endStreamAction, boolean sent) {
    static final String HEADER = "delta-sharing-capabilities";

    static SharingCapabilities of(HttpCall call) {
        String header = call.header(HEADER).orElse("").toLowerCase(Locale.ROOT);
        Map<String, String> values = new HashMap<>();
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
        }
        return new SharingCapabilities(
                words(values.getOrDefault("responseformat", "parquet")),
                words(values.getOrDefault("readerfeatures", "")),
                values.getOrDefault("includeendstreamaction", "").equals("true"),
                call.header(HEADER).isPresent());
    }

    /** Whether the answer is in the format delta: if the client takes no other, or the table can be told in no other. */
    boolean delta(LoopbackTable table) {
        Set<String> needed = table.readerFeatures().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (needed.isEmpty() && formats.contains("parquet")) {
            return false;
        }
        if (!formats.contains("delta") || !features.containsAll(needed)) {
            throw SharingReplies.unsupported(
                    "Unsupported Delta Table Features: the table requires the response format delta"
                            + " and the reader features " + table.readerFeatures());
        }
        return true;
    }

    /** The reply with the header that says what was chosen. */
    Reply chosen(Reply reply, boolean delta, boolean endStreamAction) {
        if (!sent && !delta) {
            return reply;
        }
        List<String> said = Stream.of(
                        "responseformat=" + (delta ? "delta" : "parquet"),
                        endStreamAction ? "includeendstreamaction=true" : "")
                .filter(word -> !word.isEmpty())
                .toList();
        return reply.header(HEADER, String.join(";", said));
    }

    private static Set<String> words(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
