// SPDX-License-Identifier: Apache-2.0
/** A real browser, and everything that goes over the wire to and from it. */
@org.jspecify.annotations.NullMarked
package browser;
