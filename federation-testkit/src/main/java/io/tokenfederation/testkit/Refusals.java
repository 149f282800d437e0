// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/**
 * What the braces of "Valid federation policy for provided token: {…}" hold when a token matches no policy: there are two
 * readings on record, and a client must get along with both.
 */
public enum Refusals {
    /** What the nearest policy accepts; nothing if no policy is nearer than the others. The default. */
    NAME_THE_POLICY,
    /** What the token says, which is the policy that would accept it. */
    NAME_THE_TOKEN
}
