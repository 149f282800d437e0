// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * What an {@link ErrorCode} says to an operator. Apart from the names, which are stable, as texts get better.
 *
 * @param meaning what the failure means, one sentence
 * @param fix what an operator does about it, one sentence
 */
record ErrorText(String meaning, String fix) {}
