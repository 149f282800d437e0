// SPDX-License-Identifier: Apache-2.0
package samples;

import java.util.function.Supplier;

/** Somebody who logs in, and the role the provider knows for them; {@code login} stands in for a browser and a login page. */
public record Person(String name, String email, String idpRole, Supplier<String> login) {
    /** {@return the person's token, as the browser would send it to the backend} */
    String logIn() {
        return login.get();
    }
}
