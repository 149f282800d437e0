// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * A piece of what a tool answers. A kind this version does not know is {@link UnknownContent}, so a new kind never breaks
 * a call.
 */
public sealed interface Content
        permits TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource, UnknownContent {}
