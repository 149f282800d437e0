// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void addressThatTheApplicationSetIsShownWhole() {
        String path = "/api/2.0/mcp/functions/" + "catalog_".repeat(10) + "/schema";

        assertThat(Place.own(URI.create("https://key@adb-1.example:8443" + path + "?key=k#f")))
                .hasToString("https://adb-1.example:8443" + path);
    }

    @Test
    void addressThatNobodyCanReadIsCutAndBreaksNoLine() {
        String shown = Place.own(URI.create("https://adb-1.example/%0A\u202e" + "x".repeat(5_000)))
                .toString();

        assertThat(shown)
                .startsWith("https://adb-1.example/%0A\\u202ex")
                .hasSize(1_000)
                .endsWith("…");
    }

    @Test
    void addressThatAServerNamedIsScrubbed() {
        String path = "/login/" + "state".repeat(20);

        assertThat(Place.named(URI.create("https://key@login.example" + path + "?state=s"))
                        .toString())
                .startsWith("https://login.")
                .doesNotContain("statestate");
    }

    @Test
    void whatIsMadeOfAnAddressIsShownAsThatIs() {
        String issuer = "https://login.example/" + "t".repeat(80);

        assertThat(Place.own(URI.create(issuer)).like(issuer + "/x")).hasToString(issuer + "/x");
        assertThat(Place.named(URI.create(issuer)).like(issuer + "/x").toString())
                .doesNotContain("ttt");
    }
}
