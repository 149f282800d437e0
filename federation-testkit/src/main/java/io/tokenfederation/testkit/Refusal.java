// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** Ends the handling of a request with the reply that refuses it. */
@SuppressWarnings("serial") // Never leaves the thread that throws it.
final class Refusal extends RuntimeException {
    private final transient Reply reply;

    Refusal(Reply reply) {
        super("refused with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
