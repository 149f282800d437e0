// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;

/** A reply body was larger than what the caller is ready to read. */
public final class ReplyTooLargeException extends IOException {
    ReplyTooLargeException(long limit) {
        super("the reply is larger than " + limit + " bytes");
    }
}
