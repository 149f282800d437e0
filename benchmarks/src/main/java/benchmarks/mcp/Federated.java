// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

/** Who all of them say they are: the four headers of the federation, with a token as long as a real one. */
final class Federated {
    static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9." + "a1b2c3d4".repeat(100) + ".c2lnbmF0dXJl";
    static final String ROLE = "west_sales";
    static final String EMAIL = "alice@example.com";

    private Federated() {}
}
