// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are shown as the tool gave them; what would have to be changed to be shown is shown as text. */
class WebRowsTest {
    @Test
    void everyValueReachesTheBrowserAsItWasWritten() throws IOException {
        JsonNode found = rowsOf("""
                {"columns": ["a", "b", "c", "d", "e"], "rows": [
                  ["01234", 5, 12345678901234567890.12, true, null],
                  ["2026", -0.10, 123456789012345678901234567890, false, ""]]}
                """);

        assertThat(found).isEqualTo(RunningSample.json("""
                {"columns": ["a", "b", "c", "d", "e"], "rows": [
                  ["01234", "5", "12345678901234567890.12", "true", null],
                  ["2026", "-0.10", "123456789012345678901234567890", "false", ""]]}
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"columns\": [\"a\"], \"rows\": [{\"a\": 1}]}",
                "{\"columns\": [\"a\"], \"rows\": [[[1]]]}",
                "{\"columns\": [\"a\"], \"rows\": [[{\"b\": 1}]]}",
                "{\"columns\": [\"a\"], \"rows\": [[1, 2]]}",
                "{\"columns\": [\"a\", \"b\"], \"rows\": [[1]]}",
                "{\"columns\": [1], \"rows\": [[1]]}",
                "{\"columns\": [\"a\"], \"rows\": [1]}",
                "{\"columns\": [\"a\"], \"rows\": [null]}",
                "{\"columns\": \"a\", \"rows\": [[1]]}"
            })
    void whatIsNoTableIsShownAsText(String structured) throws IOException {
        JsonNode found = rowsOf(structured);

        assertThat(found.fieldNames()).toIterable().containsExactly("text");
        assertThat(found.path("text").asText()).isNotEmpty();
    }

    /** Rows of any shape, as long as the answer says whose they are. */
    @Test
    void rowsOfSomebodyElseAreNotShownEvenAsText() throws IOException {
        assertThat(rowsOf("{\"columns\": [\"a\"], \"rows\": [{\"a\": 1}], \"current_user\": \"somebody else\"}"))
                .isEmpty();
    }

    private static JsonNode rowsOf(String structured) throws IOException {
        try (RunningSample sample = new RunningSample();
                OtherTool tool = new OtherTool(sample.world.mcp().uri(), structured)) {
            return RunningSample.found(
                    sample.askAnother(Map.of("MCP_URL", tool.uri().toString()), "executives"), "rows");
        }
    }
}
