// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;

/** Catches what a source throws; it must hold no secret, whatever it is. */
final class Failures {
    /** Stands in every token and reply that must not be repeated. */
    static final String CANARY = "canary7c1f0e5d";

    private Failures() {}

    static IdpTokenException of(IdpTokenSource source) {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);
        assertThat(failure).as("nothing was thrown").isNotNull();
        assertThat(failure.getMessage()).doesNotContain(CANARY);
        assertThat(failure.fix()).doesNotContain(CANARY).isNotBlank();
        return failure;
    }
}
