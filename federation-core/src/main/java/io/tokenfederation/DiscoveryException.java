// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.io.IOException;

/** An issuer's documents could not be had, or are not what they must be; the problem says which. */
final class DiscoveryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Nothing secret: whoever serialises exceptions does without it. */
    private final transient Problem problem;

    DiscoveryException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
