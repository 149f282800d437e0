// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests for what an extension of the protocol defines: their form is all that this client knows of them. */
final class ExtensionRequest {
    /** What can stand in a header and in JSON as it is. */
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9$][A-Za-z0-9$._:/-]{0,199}");

    private ExtensionRequest() {}

    static <R> Request<TypedResult<R>> of(String method, Object params, Class<R> type) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException(
                    "a method is at most 200 letters, digits and $ . _ : / -, such as skills/list; this is '"
                            + SafeText.of(method) + "'");
        }
        CoreMethods.instead(method).ifPresent(instead -> {
            throw new IllegalArgumentException("'" + method + "' is of the protocol itself: it is " + instead);
        });
        Slice json = Slice.of(Binding.arguments(params));
        requireNoMeta(json);
        return Request.<TypedResult<R>>of(method, () -> new Reader<>(type)).params(json);
    }

    /** There would be two, and servers differ in which of them they read. */
    private static void requireNoMeta(Slice params) {
        boolean meta;
        try {
            meta = Members.of(params).byName().containsKey("_meta");
        } catch (IOException e) {
            throw new IllegalArgumentException("the parameters cannot be written as JSON", e);
        }
        if (meta) {
            throw new IllegalArgumentException(
                    "the client itself writes _meta; set CallOptions.meta for what goes there");
        }
    }

    /** Binds the whole result; a text gets it as the server wrote it. */
    private static final class Reader<R> implements ResultReader<TypedResult<R>> {
        private final Class<R> type;
        private @Nullable R value;
        private String flaw = "the result was read as nothing";

        Reader(Class<R> type) {
            this.type = type;
        }

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            json.skipChildren();
        }

        @Override
        public void whole(Slice result) throws IOException {
            if (type == String.class) {
                value = type.cast(result.text());
                return;
            }
            try {
                value = Binding.read(result, type);
            } catch (Binding.MismatchException e) {
                flaw = String.valueOf(e.getMessage());
            }
        }

        @Override
        public TypedResult<R> result() {
            return new TypedResult<>(value, null, flaw, null);
        }
    }
}
