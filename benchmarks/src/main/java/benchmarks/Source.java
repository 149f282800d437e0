// SPDX-License-Identifier: Apache-2.0
package benchmarks;

/** Hands out the token of one identity, as the library's user asks for it. */
@FunctionalInterface
interface Source {
    String token();
}
