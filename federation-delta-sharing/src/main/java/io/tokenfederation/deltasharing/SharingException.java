// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;

/**
 * Something about a share failed: the profile, a call to the sharing server, its answer, or the fetching of a file.
 *
 * <p>{@link #code()} is {@code PERMISSION_DENIED} or {@code TOKEN_REJECTED} (see {@link io.tokenfederation.ErrorCode}), or
 * one of these:
 *
 * <ul>
 *   <li>of the profile: {@code SHARING_PROFILE_UNREADABLE}, {@code SHARING_PROFILE_INVALID},
 *       {@code SHARING_PROFILE_UNSUPPORTED}, {@code SHARING_TOKEN_EXPIRED};
 *   <li>the server refused: {@code SHARING_NOT_FOUND}, {@code SHARING_RATE_LIMITED}, {@code SHARING_UNAVAILABLE},
 *       {@code SHARING_MOVED}, {@code SHARING_REQUEST_REFUSED};
 *   <li>nobody answered: {@code SHARING_UNREACHABLE}, {@code SHARING_TIMED_OUT}, {@code SHARING_ANSWER_LOST},
 *       {@code SHARING_INTERRUPTED};
 *   <li>of the answer: {@code SHARING_REPLY_UNREADABLE}, {@code SHARING_ANSWER_INCOMPLETE}, {@code SHARING_ANSWER_FAILED},
 *       {@code SHARING_PAGES_LOOP}, {@code SHARING_PROTOCOL_UNSUPPORTED};
 *   <li>of a file: {@code SHARING_FILE_EXPIRED}, {@code SHARING_FILE_REFUSED}, {@code SHARING_FILE_INCOMPLETE},
 *       {@code SHARING_FILE_ADDRESS}, {@code SHARING_FILE_NOT_WRITTEN}.
 * </ul>
 *
 * <p>No message holds a token, a secret or a presigned URL.
 */
public final class SharingException extends FederatedCallException {
    SharingException(Problem problem) {
        super(problem);
    }
}
