// SPDX-License-Identifier: Apache-2.0
/** An application that uses the library: sees what users see, and nothing else. */
package example.app;
