// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "{\"type\":\"later\",\"anyOf\":[{\"minLength\":1}],\"multipleOf\":7}",
                "true"
            })
    void whatIsNotUnderstoodForbidsNothing(String schema) throws Exception {
        assertThat(new OutputSchema(Json.read(schema)).violation(Slice.of("[1,{\"a\":null}]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{'minimum':1}|1.0|none",
                "{'minimum':1}|0.99|it is too small",
                "{'maximum':1}|1e0|none",
                "{'maximum':1}|1.01|it is too large",
                "{'exclusiveMinimum':1}|1.0|it is too small",
                "{'exclusiveMinimum':1}|1.1|none",
                "{'exclusiveMaximum':1}|1|it is too large",
                "{'exclusiveMaximum':1}|0|none",
                "{'minimum':9007199254740993}|9007199254740992|it is too small",
                "{'minimum':1,'maximum':0}|'x'|none",
                "{'minimum':'1'}|0|none",
                "{'minLength':2}|'\uD83D\uDE00'|it is too short",
                "{'maxLength':1}|'\uD83D\uDE00'|none",
                "{'maxLength':1.0}|'ab'|it is too long",
                "{'minLength':1,'maxLength':0}|7|none",
                "{'minItems':1}|[]|it has too few items",
                "{'minItems':1}|[[]]|none",
                "{'maxItems':1}|[1,2]|it has too many items",
                "{'minItems':9}|{}|none",
                "{'prefixItems':[{'type':'string'},{'minimum':1}],'items':{'type':'null'}}|['a',1,null,null]|none",
                "{'prefixItems':[{'type':'string'},{'minimum':1}],'items':{'type':'null'}}|['a']|none",
                "{'prefixItems':[{'type':'string'},{'minimum':1}]}|['a',0]|[1] is too small",
                "{'prefixItems':[{'type':'string'}],'items':false}|['a',0]|[1] is not allowed",
                "{'prefixItems':[{'type':'string'}],'allOf':[{'items':{'maxLength':2}}]}|['abc']|[0] is too long",
                "{'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false}|{'x-a':''}|none",
                "{'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false}|{'x-a':1}|.x-a has another type",
                "{'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false}|{'a':1}|.a is not allowed",
                "{'properties':{'xa':{'minimum':2}},'patternProperties':{'^x':{'maximum':1}}}|{'xa':2}|.xa is too large",
                "{'patternProperties':{'^(x)+':{'type':'string'}},'additionalProperties':false}|{'a':1}|none",
                "{'enum':[{'a':[1,'b']},[1.0]]}|{'a':[1.0,'b']}|none",
                "{'enum':[{'a':[1,'b']},[1.0]]}|[1]|none",
                "{'enum':[{'a':[1,'b']},[1.0]]}|{'a':[1]}|it is none of the values allowed",
                "{'const':{}}|{'a':1}|it is none of the values allowed",
                "{'const':{'b':1,'a':null}}|{'a':null,'b':1}|none",
                "{'const':7}|[7]|it is none of the values allowed",
                "{'enum':[[1]],'items':{'maximum':0}}|[1]|[0] is too large",
                "{'items':{'enum':[{'a':1}]}}|[{'a':1},{'a':2}]|[1] is none of the values allowed"
            })
    void keywordsMeanWhatJsonSchemaSays(String schema, String data, String wrong) throws Exception {
        assertThat(violation(schema, data)).isEqualTo(Optional.ofNullable(wrong));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^[a-z]+$; abc; true",
                "^[a-z]+$; ab1; false",
                "b; abc; true",
                "^b; abc; false",
                "^\\d{4}-\\d{2}$; 2026-11; true",
                "^\\d{4}-\\d{2}$; 2026-1; false",
                "^.+@.+\\.[a-z]{2,}$; a@b.de; true",
                "^.+@.+\\.[a-z]{2,}$; a@b.d; false",
                "^[\\w.-]+$; a_b-c.d; true",
                "^[^/]*$; a/b; false",
                "^a$; 'a\n'; false",
                "^.$; '\u0085'; true",
                "^.$; '\u2028'; false",
                "^.$; \uD83D\uDE00; true",
                "^[[&&a]$; '['; true"
            })
    void plainPatternIsChecked(String pattern, String text, boolean right) throws Exception {
        assertThat(new OutputSchema(Json.read(pattern(pattern))).violation(Slice.of(Json.quoted(text))))
                .isEqualTo(right ? Optional.empty() : Optional.of("it does not match its pattern"));
    }

    @ParameterizedTest
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    @ValueSource(
            strings = {
                "^(a+)+$",
                "(a|aa)+$",
                "(|){30}b",
                "^(?=a)b",
                "\\s",
                "\\1",
                "[z-a]",
                "a{2147483648}",
                "a*a*a*a*a*a*a*a*a*a*a*a*b",
                "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
                "(",
                "[",
                "a**"
            })
    void patternThatMayTakeForEverForbidsNothing(String pattern) throws Exception {
        assertThat(new OutputSchema(Json.read(pattern(pattern))).violation(Slice.of(Json.quoted("a".repeat(100_000)))))
                .isEmpty();
    }

    @Test
    void numberGreaterThanJavaCanHoldIsToldAsOne() throws Exception {
        assertThat(violation("{'minimum':1}", "1e99999999999")).isPresent();
    }

    private static String pattern(String pattern) {
        return "{\"pattern\":" + Json.quoted(pattern) + "}";
    }

    private static Optional<String> violation(String schema, String data) throws IOException {
        return new OutputSchema(Json.read(schema.replace('\'', '"'))).violation(Slice.of(data.replace('\'', '"')));
    }
}
