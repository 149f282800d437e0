// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import java.util.Optional;

/**
 * One mistake, made against the stand-ins or found locally.
 *
 * @param row the catalogue's row
 * @param code what it must be called
 * @param mismatch how token and policy must be said to differ; empty where the code is enough
 * @param inFix what the fix must name
 * @param making makes it
 */
record Provocation(String row, String code, Optional<MismatchCause> mismatch, String inFix, Making making) {
    /** Makes a mistake on a stage; returns what is said of it. */
    interface Making {
        Problem on(Stage stage) throws Exception;
    }

    static Provocation of(String row, String code, String inFix, Making making) {
        return new Provocation(row, code, Optional.empty(), inFix, making);
    }

    static Provocation of(String row, ErrorCode code, String inFix, Making making) {
        return of(row, code.name(), inFix, making);
    }

    static Provocation of(String row, DoctorCode code, String inFix, Making making) {
        return of(row, code.name(), inFix, making);
    }

    Provocation with(MismatchCause cause) {
        return new Provocation(row, code, Optional.of(cause), inFix, making);
    }

    @Override
    public String toString() {
        return row + " " + code + mismatch.map(cause -> " " + cause).orElse("");
    }
}
