// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputSchemaTest {
    private static final String SALES = "{\"type\":\"object\",\"required\":[\"rows\"],\"additionalProperties\":false,"
            + "\"properties\":{\"rows\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/row\"}},"
            + "\"next\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"kind\":{\"enum\":[\"a\",1,null,true]}},"
            + "\"$defs\":{\"row\":{\"allOf\":[{\"required\":[\"id\"]},{\"properties\":{\"id\":{\"type\":\"integer\"},"
            + "\"of\":{\"$ref\":\"#/$defs/row\"},\"v\":{\"const\":1.5},\"w\":{\"type\":[\"string\",\"number\"]}}}]}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "{\"rows\":[]}; none",
                "{\"rows\":[{\"id\":1,\"new\":[{}]},{\"id\":2.0,\"v\":1.50,\"w\":\"\",\"of\":{\"id\":3}}]}; none",
                "{\"rows\":[],\"next\":null,\"kind\":1.0}; none",
                "{\"rows\":[],\"next\":\"x\",\"kind\":true}; none",
                "[]; it has another type",
                "{}; .rows is missing",
                "{\"rows\":{}}; .rows has another type",
                "{\"rows\":[],\"more\":1}; .more is not allowed",
                "{\"rows\":[{\"id\":1},{}]}; .rows[1].id is missing",
                "{\"rows\":[{\"id\":1.5}]}; .rows[0].id has another type",
                "{\"rows\":[{\"id\":1,\"of\":{\"id\":\"x\"}}]}; .rows[0].of.id has another type",
                "{\"rows\":[{\"id\":1,\"v\":2}]}; .rows[0].v is none of the values allowed",
                "{\"rows\":[{\"id\":1,\"w\":null}]}; .rows[0].w has another type",
                "{\"rows\":[],\"next\":7}; .next has another type",
                "{\"rows\":[],\"kind\":\"b\"}; .kind is none of the values allowed",
                "{\"rows\":[],\"kind\":false}; .kind is none of the values allowed"
            })
    void promiseIsHeldAgainstTheData(String data, String wrong) throws Exception {
        assertThat(new OutputSchema(Json.read(SALES)).violation(Slice.of(data))).isEqualTo(Optional.ofNullable(wrong));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"https://example.com/schema\"}",
                "{\"$ref\":\"#/$defs/gone\"}",
                "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
                "{\"type\":\"later\",\"anyOf\":[{\"minLength\":1}],\"maximum\":0}",
                "true"
            })
    void whatIsNotUnderstoodForbidsNothing(String schema) throws Exception {
        assertThat(new OutputSchema(Json.read(schema)).violation(Slice.of("[1,{\"a\":null}]")))
                .isEmpty();
    }
}
