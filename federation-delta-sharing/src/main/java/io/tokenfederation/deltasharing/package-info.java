// SPDX-License-Identifier: Apache-2.0
/**
 * Reads Delta shares with a token of one's own identity provider.
 *
 * <p>{@code SharingClient(Listings, SharedTable(ActionStream(ActionPage(LineReader(StreamedBody)))))} over
 * {@code SharingCalls(Repetition, tokens, HttpTransport)}: calls make of a request an accepted answer, which a page reads line
 * by line as it comes in, and a stream page by page; files are fetched beside them, without the token.
 *
 * <p>{@code SharingProfile} says where and how; {@code RecipientTokens} makes tokens of it.
 */
@NullMarked
package io.tokenfederation.deltasharing;

import org.jspecify.annotations.NullMarked;
