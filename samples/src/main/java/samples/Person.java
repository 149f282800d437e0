// SPDX-License-Identifier: Apache-2.0
package samples;

import java.util.function.Supplier;

/** Somebody who logs in: the stand-in for a browser and the identity provider's login page. */
record Person(String name, String email, Supplier<String> login) {
    /** {@return the person's token, as the browser would send it to the backend} */
    String logIn() {
        return login.get();
    }
}
