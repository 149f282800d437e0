// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/**
 * A setting that is missing or wrong.
 *
 * @param setting which
 * @param problem what is wrong with it; never its value, which may be a secret in the wrong place
 * @param fix what to do
 */
record Mistake(String setting, String problem, String fix) {
    /** {@return one line} */
    String inWords() {
        return setting + " " + problem + "\n    fix: " + fix;
    }
}
