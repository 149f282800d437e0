// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** How a sharing server refuses a token: the protocol and its reference server differ, and a client must bear both. */
public enum SharingErrors {
    /** {@code 401 Unauthorized} as plain text, without {@code WWW-Authenticate}. The default. */
    AS_THE_REFERENCE_SERVER,
    /** JSON with {@code errorCode} and {@code message}. */
    AS_THE_PROTOCOL
}
