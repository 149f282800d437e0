// SPDX-License-Identifier: Apache-2.0
package example.app;

/**
 * One mistake people make with Auth0, and what they are told.
 *
 * @param row its number in the catalogue of mistakes, and what it is
 * @param made makes it
 * @param code what it is called
 * @param retryable whether waiting helps
 * @param inFix what the fix must say
 */
record Auth0Mistake(String row, Making made, String code, boolean retryable, String inFix) {
    /** Makes a mistake. */
    interface Making {
        /** Sets the stage up wrongly, or asks wrongly; throws what comes of it. */
        void on(Auth0Stage stage);
    }

    static Auth0Mistake of(String row, Making made, String code, String inFix) {
        return new Auth0Mistake(row, made, code, false, inFix);
    }

    static Auth0Mistake passing(String row, Making made, String code, String inFix) {
        return new Auth0Mistake(row, made, code, true, inFix);
    }

    @Override
    public String toString() {
        return row;
    }
}
