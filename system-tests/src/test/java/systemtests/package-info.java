// SPDX-License-Identifier: Apache-2.0
/** What holds for all modules together. */
package systemtests;
