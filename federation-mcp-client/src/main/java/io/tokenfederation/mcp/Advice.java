// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.util.Map;

/** What to do about a refused token, which depends on who has issued it. */
enum Advice {
    /** It came from {@code tokens(...)}, so mostly from Databricks: what the codes say of themselves. */
    ABOUT_DATABRICKS,

    /** It came from {@code authorization(...)}, so from the MCP server's own authorization server. */
    ABOUT_THE_AUTHORIZATION_SERVER;

    /** A server that says where its metadata is takes part in MCP's own authorization. */
    private static final String OWN_TOKENS =
            "The server takes tokens that the authorization server its metadata names has issued for this very resource:"
                    + " check that yours are; authorization(...) gets them where they are not those of Databricks.";

    private static final Map<String, String> FIXES = Map.of(
            ErrorCode.TOKEN_REJECTED.name(),
            "The MCP server refuses what its authorization server issues: have them agree on this very resource (the"
                    + " token's aud, and the resource in the server's metadata), on the issuer and its keys.",
            ErrorCode.PERMISSION_DENIED.name(),
            "The MCP server knows the token and denies this: have its operator allow it to the client or the person, or"
                    + " the authorization server grant the scopes it takes, and ask for them by McpAuthorization.scopes.",
            McpErrorCode.MCP_LOGIN_REDIRECT.name(),
            "The server sends callers to a login page instead of reading the token: check that the MCP URL is that of"
                    + " the resource itself, and that it takes tokens of this authorization server.");

    /** The problem with the fix that fits. */
    Problem on(Problem problem) {
        String fix = this == ABOUT_DATABRICKS ? null : FIXES.get(problem.code());
        return fix == null ? problem : problem.fix(fix);
    }

    /** The same, for a token that was refused by a server that says whose tokens it takes. */
    Problem onOneThatNamesItsOwn(Problem problem) {
        return this == ABOUT_DATABRICKS ? problem.fix(OWN_TOKENS) : on(problem);
    }
}
