// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> what is listed
 * @param items what is on it
 * @param cursor where the next one begins, which may be the empty string; null if this is the last
 * @param hint how long it may be kept
 */
record Page<T>(List<T> items, @Nullable String cursor, KeepHint hint) {
    /** The same page with less on it. */
    Page<T> with(List<T> others) {
        return new Page<>(others, cursor, hint);
    }

    /**
     * Reads one entry of a list from the server's own text.
     *
     * @param <T> what is listed
     */
    @FunctionalInterface
    interface Entry<T> {
        T read(Slice raw) throws IOException;
    }

    /** {@return how much is on it; not what} */
    @Override
    public String toString() {
        return "Page[" + items.size() + (cursor == null ? ", last]" : "]");
    }

    /** Reads a page whose list is in the given field. */
    static final class Reader<T> implements ResultReader<Page<T>> {
        private final String list;
        private final Entry<T> entry;
        private @Nullable List<T> items;
        private @Nullable String cursor;
        private final KeepHint hint = new KeepHint();

        Reader(String list, Entry<T> entry) {
            this.list = list;
            this.entry = entry;
        }

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            if (name.equals(list) && json.currentToken() == JsonToken.START_ARRAY) {
                List<T> read = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    read.add(entry.read(Json.skip(json, message)));
                }
                items = read;
            } else if (name.equals("nextCursor")) {
                cursor = cursor(json);
            } else if (!hint.read(name, json)) {
                json.skipChildren();
            }
        }

        private static @Nullable String cursor(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new BadReplyException("the list's cursor is no text");
            }
            return json.getText();
        }

        @Override
        public Page<T> result() throws BadReplyException {
            if (items == null) {
                throw new BadReplyException("the result holds no list of " + list);
            }
            return new Page<>(items, cursor, hint);
        }
    }
}
