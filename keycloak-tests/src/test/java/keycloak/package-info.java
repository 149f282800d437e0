// SPDX-License-Identifier: Apache-2.0
/** A real Keycloak on this machine: gets it ready, starts and stops it, and sets up realms as an administrator would. */
@org.jspecify.annotations.NullMarked
package keycloak;
