// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;

/** That no token is to be had, in the words of JDBC, which pools and frameworks know. */
final class NoToken {
    private NoToken() {}

    static DatabricksToken orToken(DatabricksTokenSource tokens) throws SQLException {
        try {
            return tokens.token();
        } catch (FederationException e) {
            throw exception(e);
        }
    }

    /** A source that mints the same JWT again: what refused the JWT is the better thing to know. */
    static boolean isNotRenewed(Exception failure) {
        return failure.getCause() instanceof FederationException cause
                && cause.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name());
    }

    /** "08001": the connection could not be established; "28000": invalid authorization. */
    private static SQLException exception(FederationException e) {
        return e.retryable()
                ? new SQLTransientConnectionException(e.getMessage(), "08001", e)
                : new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
    }
}
