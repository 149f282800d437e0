// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the application for what it keeps elsewhere: a secret, a key. It is asked each time, so that both can change. */
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
        return value;
    }
}
