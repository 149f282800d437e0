// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.internal.SafeText;

/**
 * A setting that is missing or wrong.
 *
 * @param setting which
 * @param problem what is wrong with it; never its value, which may be a secret in the wrong place
 * @param fix what to do
 */
record Mistake(String setting, String problem, String fix) {
    /** Nothing that looks like a token is shown, should one be in a part all the same. */
    Mistake {
        setting = SafeText.of(setting);
        problem = SafeText.of(problem);
        fix = SafeText.of(fix);
    }

    /** {@return one line} */
    String inWords() {
        return setting + " " + problem + "\n    fix: " + fix;
    }
}
