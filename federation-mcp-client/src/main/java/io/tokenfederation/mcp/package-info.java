// SPDX-License-Identifier: Apache-2.0
/**
 * A typed MCP client that carries the federated token.
 *
 * <p>{@code McpClient(Tools(Conversation(Rpc(Endpoint(HttpTransport)))))}: an endpoint sends one message and replays it
 * when the token was refused; an Rpc finds the answer to a request in the reply; a conversation keeps the session; tools
 * are what is spoken of.
 */
@NullMarked
package io.tokenfederation.mcp;

import org.jspecify.annotations.NullMarked;
