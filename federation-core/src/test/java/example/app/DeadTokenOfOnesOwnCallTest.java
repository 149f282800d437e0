// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application asks about a reply to an HTTP call of its own. */
class DeadTokenOfOnesOwnCallTest {
    private final DatabricksToken token =
            DatabricksToken.of("dapi-1", Instant.now().plusSeconds(3_600));

    /** As seen: JDBC driver fixtures, databricks-sdk-go#1061, databricks-vscode#583, splunk-integration#55. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    401 | ``
                    401 | {"error_code":401,"message":"Credential was not sent or was of an unsupported type for this API."}
                    403 | {"error_code":403,"message":"Invalid access token."}
                    403 | {"error_code":403,"message":"JWT has expired"}
                    403 | {"error_code":403,"message":"Token is expiring within 30 seconds. (token expired)"}
                    403 | Invalid Token
                    400 | {"error_code":400,"message":"io.jsonwebtoken.ExpiredJwtException: JWT expired at …"}
                    """)
    void deadTokenIsRecognisedHoweverDatabricksSaysIt(int status, String body) {
        assertThat(token.refusedBy(status, body)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    200 | {"message":"token expired"}
                    403 | {"error_code":"PERMISSION_DENIED","message":"User does not have CAN USE on the warehouse."}
                    403 | {"error_code":"PERMISSION_DENIED","message":"Invalid access token for the endpoint"}
                    403 | <html><pre>Invalid Token</pre></html>
                    400 | {"error_code":"BAD_REQUEST","message":"invalid token 'FORM' at line 1"}
                    404 | {"error_code":"RESOURCE_DOES_NOT_EXIST","message":"token expired"}
                    503 | {"error_code":"TEMPORARILY_UNAVAILABLE","message":"token expired"}
                    403 | ``
                    """)
    void otherErrorsAreNotTheTokensFault(int status, String body) {
        assertThat(token.refusedBy(status, body)).isFalse();
    }
}
