// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AsRoleTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void sqlGivesEachRoleItsRows() throws Exception {
        SqlAsRole.run(Map.of(), out);

        assertThat(lines())
                .contains("on stand-ins")
                .contains("west_sales: [[Aspen Outfitters, 18250.50], [Bay Bikes, 9120.00], [Cascade Coffee, 4300.75]]")
                .contains("executive: [[Dover Docks, 22110.00], [Aspen Outfitters, 18250.50]");
    }

    @Test
    void genieGivesEachRoleItsRows() throws Exception {
        GenieAsRole.run(out);

        assertThat(lines())
                .contains("sales-west: [[Aspen Outfitters, 18250.50], [Bay Bikes, 9120.00], [Cascade Coffee, 4300.75]]")
                .contains("finance: [[Dover Docks, 22110.00], [Aspen Outfitters, 18250.50], [Fargo Farms, 12999.99]");
    }

    @Test
    void realServicesAreAskedForByOneVariable() {
        assertThatThrownBy(() -> SqlAsRole.run(Map.of("IDP_TOKEN_URL", "https://idp.example.com/token"), out))
                .isInstanceOf(Settings.Mistake.class)
                .hasMessageContaining("DB_HOST");
    }

    private String lines() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
