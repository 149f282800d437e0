// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.FederationException;

/**
 * One mistake people make with Okta, and what they are told.
 *
 * @param row its number in the catalogue of mistakes, and what it is
 * @param made makes it
 * @param code what it is called
 * @param retryable whether waiting helps
 * @param inFix what the fix must say
 */
record OktaMistake(String row, Making made, String code, boolean retryable, String inFix) {
    /** Makes a mistake. */
    interface Making {
        /** Sets the stage up wrongly, or asks wrongly. */
        void on(OktaStage stage) throws FederationException;
    }

    static OktaMistake of(String row, Making made, String code, String inFix) {
        return new OktaMistake(row, made, code, false, inFix);
    }

    @Override
    public String toString() {
        return row;
    }
}
