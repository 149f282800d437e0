// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.util.List;

/**
 * Whom anybody may be at a stand-in: the page lists them, with the password they share.
 *
 * @param password everybody's password; no secret, as it opens nothing but the stand-in
 * @param people the people
 */
record StandInPeople(String password, List<Known> people) {
    /** Somebody the stand-in knows, and the role it knows for them. */
    record Known(String name, String username, String role) {}
}
