// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.util.function.Predicate;

/**
 * One call of the application, whatever requests it takes.
 *
 * @param headers on whose behalf
 * @param options how, in what differs from call to call
 * @param deadline by when it has ended
 * @param ear hears what the server tells that is about no call
 * @param harmlessIn whether the server says, in a session, that what is called may be carried out twice
 */
record Call(
        CallHeaders headers, CallOptions options, Deadline deadline, Ear ear, Predicate<? super Session> harmlessIn) {
    Call(CallHeaders headers, CallOptions options, Deadline deadline, Ear ear) {
        this(headers, options, deadline, ear, session -> false);
    }

    /** Hears notifications. */
    @FunctionalInterface
    interface Ear {
        void hear(Message.Notification<?> notification) throws IOException;

        /** The server has accepted the request, and its answer begins; in the modern era, it has agreed to tell. */
        default void answered() {}
    }

    static Call of(CallHeaders headers, CallOptions options, Deadline deadline) {
        return new Call(headers, options, deadline, notification -> {});
    }

    Call with(CallOptions others) {
        return new Call(headers, others, deadline, ear, harmlessIn);
    }

    Call by(Deadline other) {
        return new Call(headers, options, other, ear, harmlessIn);
    }

    Call hearing(Ear other) {
        return new Call(headers, options, deadline, other, harmlessIn);
    }

    Call harmlessIn(Predicate<? super Session> said) {
        return new Call(headers, options, deadline, ear, said);
    }
}
