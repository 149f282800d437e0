// SPDX-License-Identifier: Apache-2.0
/**
 * A typed MCP client that carries the federated token.
 *
 * <p>{@code McpClient(Tools(Conversation(Sessions(Handshake), Rpc(Exchange(Endpoint(HttpTransport))))))}: an endpoint sends
 * one message and replays it when the token was refused; an exchange sees one request through to its answer; a conversation
 * repeats what may be repeated, and answers what the server asks; tools are what is spoken of.
 *
 * <p>Two eras of the protocol, one of everything else. What differs between them is a {@code Session}: {@code ModernSession}
 * says with each request what it needs to, {@code LegacySession} has agreed on it in a handshake. A {@code Handshake} finds out
 * which it is, {@code Sessions} lets one thread at a time do so and keeps the verdict until it no longer holds.
 *
 * <p>The tokens are the application's affair, or {@code AuthorizedTokens}, which is {@code Cache(Request(Discovery))} with the
 * cache of the core: it finds out whose tokens a server takes, and gets them by a {@link
 * io.tokenfederation.mcp.McpAuthorization}.
 *
 * <p>Bytes are read once: a {@code MessageReader} goes over a message with a streaming parser and hands each field of the
 * result to a {@code ResultReader}, wherever the id stands. What nobody asks for stays a {@code Slice} of the bytes that came,
 * which is also why schemas and unknown content are given back just as they were written.
 */
@NullMarked
package io.tokenfederation.mcp;

import org.jspecify.annotations.NullMarked;
