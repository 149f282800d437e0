// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the application keeps elsewhere: a secret, a key. It is asked each time, so that both can change. */
final class Credentials {
    private Credentials() {}

    /** {@return what the supplier gives; its failure is the application's to mend} */
    static <T> T read(String what, Supplier<T> supplier) {
        @Nullable T value;
        try {
            value = supplier.get();
        } catch (FederationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the supplier of the " + what + " threw an exception")
                    .cause(e));
        }
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the supplier of the " + what + " gave nothing"));
        }
        if (value instanceof String text && !text.equals(text.strip())) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_CREDENTIAL_UNREADABLE,
                            "what the supplier of the " + what + " gave begins or ends with white space")
                    .fix("Strip it: a file's last line ends with a line break, which is no part of the secret.")
                    .retryable(false));
        }
        return value;
    }

    /**
     * Checks a setting that goes into a request as it is.
     *
     * @return the text
     * @throws IllegalArgumentException if it is blank or has white space around it, as what is read from a file does
     */
    static String require(@Nullable String value, String name) {
        if (value == null) {
            throw new NullPointerException(name + " is null; is the variable set that it comes from?");
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
        if (!value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    name + " begins or ends with white space, as a file's last line does; strip it");
        }
        return value;
    }
}
