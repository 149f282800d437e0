// SPDX-License-Identifier: Apache-2.0
/** The web sample as a person at a browser meets it, and as somebody who means it harm does. */
@org.jspecify.annotations.NullMarked
package example.app;
