// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import io.tokenfederation.testkit.SqlStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlTypesTest {
    @Test
    void rowsAreCopied() {
        List<String> row = new ArrayList<>(List.of("west"));
        List<List<String>> rows = new ArrayList<>(List.of(row));

        SqlRows copied = new SqlRows(List.of("region"), rows);
        row.set(0, "east");
        rows.clear();

        assertThat(copied).isEqualTo(SqlRows.of("region", "west"));
        assertThatThrownBy(() -> copied.rows().get(0).set(0, "east")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRowMayHoldNulls() {
        SqlRows rows = new SqlRows(List.of("a", "b"), List.of(Arrays.asList("1", null)));

        assertThat(rows.rows().get(0)).containsExactly("1", null);
    }

    @Test
    void aRowHasAValueForEachColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqlRows(List.of("a", "b"), List.of(List.of("only one"))))
                .withMessageContaining("1 values for 2 columns");
    }

    @Test
    void aStatementsParametersAreCopiedWithTheirNulls() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("a", null);

        SqlStatement statement = new SqlStatement("SELECT :a", "w1", "u", Set.of("g"), parameters);
        parameters.put("b", "2");

        assertThat(statement.parameters()).containsOnlyKeys("a");
        assertThat(statement.parameters().get("a")).isNull();
    }

    @Test
    void aFailureKeepsItsCodeAndText() {
        SqlFailure failure = new SqlFailure("BAD_REQUEST", "PARSE_SYNTAX_ERROR");

        assertThat(failure.errorCode()).isEqualTo("BAD_REQUEST");
        assertThat(failure).hasMessage("PARSE_SYNTAX_ERROR");
    }
}
