// SPDX-License-Identifier: Apache-2.0
/** An application that has its federation looked after: sees only what users see. */
package example.app;
