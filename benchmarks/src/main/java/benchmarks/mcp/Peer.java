// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

/** The clients that are compared. */
public enum Peer {
    RAW("raw `HttpClient` + `readTree`"),
    OURS("**this library**, 2026-07-28"),
    OURS_LEGACY("**this library**, 2025-11-25"),
    OFFICIAL_SDK("official SDK, 2025-11-25");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Ready to call, nothing sent yet; the first call does what it takes. */
    ToolCalls start(int port) {
        return switch (this) {
            case RAW -> new RawHttp(port);
            case OURS -> new FederationClient(port, "/modern");
            case OURS_LEGACY -> new FederationClient(port, "/legacy");
            case OFFICIAL_SDK -> new OfficialSdk(port);
        };
    }
}
