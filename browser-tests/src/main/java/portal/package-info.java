// SPDX-License-Identifier: Apache-2.0
/** The web sample as a person at a browser has it before them, and the world around it. */
@org.jspecify.annotations.NullMarked
package portal;
