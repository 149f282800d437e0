// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the server answers a call of the tool of this name with. */
public enum Answer {
    /** One short text. */
    JSON(small()),
    /** The same text as an event. */
    SSE(small()),
    /** A thousand rows of structured content, 85 kB. */
    ROWS(rows());

    static final int ROW_COUNT = 1_000;
    static final String TEXT = "net revenue of the region west in the third quarter: 4711.08";

    private final String result;

    Answer(String result) {
        this.result = result;
    }

    String tool() {
        return name();
    }

    /** {@return the whole result, in ASCII} */
    String result() {
        return result;
    }

    private static String small() {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + TEXT + "\"}],\"resultType\":\"complete\"}";
    }

    private static String rows() {
        String rows = IntStream.range(0, ROW_COUNT).mapToObj(Answer::row).collect(Collectors.joining(","));
        return "{\"content\":[],\"structuredContent\":{\"rows\":[" + rows + "]},\"resultType\":\"complete\"}";
    }

    private static String row(int number) {
        return "{\"id\":" + (100_000 + number) + ",\"region\":\"west\",\"customer\":\"customer-"
                + (10_000 + number % 997)
                + "\",\"amount\":" + (1_000 + number * 7 % 9_000) + "." + (10 + number % 89) + ",\"paid\":"
                + (number % 3 == 0) + "}";
    }
}
