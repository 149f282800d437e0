// SPDX-License-Identifier: Apache-2.0
/** An application that uses the library with a real Keycloak: sees what users see, and nothing else. */
@org.jspecify.annotations.NullMarked
package example.app;
