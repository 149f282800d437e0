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

    /** A mistake that only Okta's answer shows; the row names it, and the error and its words are Okta's. */
    static OktaMistake said(String row, String error, String words, String code, String inFix) {
        return of(
                row,
                on -> {
                    on.says(error.equals("invalid_client") ? 401 : 400, error, words);
                    on.source().build().mint();
                },
                code,
                inFix);
    }

    @Override
    public String toString() {
        return row;
    }
}
