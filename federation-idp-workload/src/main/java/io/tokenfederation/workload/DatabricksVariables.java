// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.internal.SafeText;
import java.util.Optional;

/** The variables that Databricks' SDKs and CLI read. Some have two names, because the tools do not agree. */
record DatabricksVariables(Variables environment) {
    static final String AUTH_TYPE = "DATABRICKS_AUTH_TYPE";
    static final String TOKEN = "DATABRICKS_OIDC_TOKEN";
    static final String TOKEN_ENV = "DATABRICKS_OIDC_TOKEN_ENV";
    static final String FILE_PATH = "DATABRICKS_OIDC_TOKEN_FILEPATH";
    static final String FILE = "DATABRICKS_OIDC_TOKEN_FILE";
    private static final String AUDIENCE = "DATABRICKS_TOKEN_AUDIENCE";
    private static final String AUDIENCE_OF_JAVA = "TOKEN_AUDIENCE";
    private static final String ACCOUNT = "DATABRICKS_ACCOUNT_ID";

    Optional<String> authType() {
        return environment.find(AUTH_TYPE);
    }

    /** {@return the name of the variable that holds the token} */
    Optional<String> tokenVariable() {
        Optional<String> named = environment.find(TOKEN_ENV);
        Optional<String> direct = environment.find(TOKEN);
        if (named.isPresent()
                && direct.isPresent()
                && !environment.find(named.get()).equals(direct)) {
            throw WorkloadErrorCode.WORKLOAD_SETTING_CONFLICT.exception(TOKEN + " is set, and " + TOKEN_ENV + " names '"
                    + SafeText.of(named.get()) + "', which holds something else");
        }
        return named.isPresent() ? named : direct.map(value -> TOKEN);
    }

    Optional<String> tokenFile() {
        return oneOf(FILE_PATH, FILE);
    }

    /** {@return the audience that was configured} */
    Optional<String> audience() {
        return oneOf(AUDIENCE, AUDIENCE_OF_JAVA);
    }

    /** {@return the audience to ask for: a policy without audiences accepts the account's id} */
    Optional<String> audienceToAskFor() {
        return audience().or(() -> environment.find(ACCOUNT));
    }

    private Optional<String> oneOf(String name, String other) {
        Optional<String> one = environment.find(name);
        Optional<String> two = environment.find(other);
        if (one.isPresent() && two.isPresent() && !one.equals(two)) {
            throw WorkloadErrorCode.WORKLOAD_SETTING_CONFLICT.exception(
                    name + " is '" + SafeText.of(one.get()) + "', " + other + " is '" + SafeText.of(two.get()) + "'");
        }
        return one.or(() -> two);
    }
}
