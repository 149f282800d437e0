// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.internal.HttpReply;
import java.util.Set;

/** Which answers of the workspace are about the token or its rights, as opposed to a service that does not work. */
final class ApiAnswers {
    private static final Set<Integer> RIGHTS = Set.of(401, 403);

    private ApiAnswers() {}

    static boolean refusedByRights(HttpReply reply) {
        return RIGHTS.contains(reply.status());
    }
}
