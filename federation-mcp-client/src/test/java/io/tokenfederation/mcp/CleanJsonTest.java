// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"const\" : 1.0e0,\t\"a\":[ null,true , -0.10,\"\\u00e4\\/\\\"\"],\"ü\":{},\"a\":1 }",
                "\"text\"",
                "12345678901234567890.10",
                " [] ",
                "null"
            })
    void whatHoldsNothingToCleanStaysAsItIs(String json) {
        assertThat(cleaned(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ \"a\" : \"Bearer s3/crät7\" }          | { \"a\" : \"Bearer [removed]\" }",
                "{ \"a\" : \"s3\\/cr\\u00e4t7\", \"b\":1.0 } | { \"a\" : \"[removed]\", \"b\":1.0 }",
                "{ \"\\u00733/crät7\" : \"x\\\\\" , \"b\":1 } | { \"[removed]\" : \"x\\\\\" , \"b\":1 }",
                "{\"s3/crät7\":{\"s3/crät7\":\"\\\"s3/crät7\\\\\"}} | {\"[removed]\":{\"[removed]\":\"\\\"[removed]\\\\\"}}",
                "[ 98765432100 ,-98765432.5e1, 9876543 ] | [ \"[removed]100\" ,\"-[removed].5e1\", 9876543 ]",
                "\"s3/crät7\"                            | \"[removed]\"",
                "98765432                                | \"[removed]\""
            })
    void textIsCleanedHoweverItIsWritten(String json, String clean) {
        assertThat(cleaned(json)).isEqualTo(clean);
        assertThat(Json.isWhole(Slice.of(clean))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "s3/crät7", "{\"a\":s3/crät7}"})
    void whatIsNoJsonIsLeftOutWhole(String text) {
        assertThat(cleaned(text)).isEmpty();
    }

    private static String cleaned(String json) {
        return CleanJson.of(json, text -> text.replace("s3/crät7", "[removed]").replace("98765432", "[removed]"));
    }
}
