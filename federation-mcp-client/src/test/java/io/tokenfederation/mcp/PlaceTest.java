// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
                "dapi0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void credentialInThePathOfTheApplicationsOwnAddressIsNotShown(String credential) {
        String shown = Place.own(URI.create("https://mcp.example/tenant-7/s-" + credential + "/mcp"))
                .toString();

        assertThat(shown)
                .startsWith("https://mcp.example/tenant-7/")
                .endsWith("removed]/mcp")
                .doesNotContain(credential);
    }

    @Test
    void longPathOfShortPartsIsShownWhole() {
        String address = "https://mcp.example" + "/0123456789abcdef".repeat(20);

        assertThat(Place.own(URI.create(address))).hasToString(address);
    }
}
