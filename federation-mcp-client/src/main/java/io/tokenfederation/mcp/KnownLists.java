// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * What is known of a server's lists, and what becomes of it with the news. Shared by a client and its views. Thread-safe.
 *
 * @param tools what they have said of the tools
 * @param pages those of them that may be kept
 */
record KnownLists(ToolBook tools, KeptPages pages) {
    KnownLists() {
        this(new ToolBook(), new KeptPages());
    }

    /** On whichever stream it came, and before the application hears of it. */
    void heard(String notification) {
        switch (notification) {
            case "notifications/tools/list_changed" -> {
                // In this order: what a page that is kept no longer has said must not count as said after the news.
                pages.forget(Tools.LIST);
                tools.doubt();
            }
            case "notifications/prompts/list_changed" -> pages.forget("prompts/list");
            case "notifications/resources/list_changed" -> {
                pages.forget("resources/list");
                pages.forget("resources/templates/list");
            }
            default -> {
                // No list's.
            }
        }
    }

    /** For a while nobody has listened who wanted to. */
    void missed() {
        pages.forgetAll();
        tools.doubt();
    }

    /** {@return how much is kept} */
    @Override
    public String toString() {
        return "KnownLists[" + pages + "]";
    }
}
