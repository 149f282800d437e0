// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/** What the program can be told, by an environment variable or in a file. The names are those of the check script. */
enum Variable {
    IDP_TOKEN_URL("the identity provider's token endpoint", Need.IDP),
    M2M_CLIENT_ID("the machine-to-machine application's client id", Need.IDP),
    M2M_CLIENT_SECRET("its secret; take it from your secret store", Need.IDP),
    M2M_AUDIENCE("the audience to ask for; DB_HOST if not set", Need.NO),
    M2M_SCOPE("the scope to ask for instead of an audience (Okta, Entra ID)", Need.NO),
    DB_HOST("the workspace's URL, such as https://adb-1234567890123456.7.azuredatabricks.net", Need.ALWAYS),
    ROLE_SP_MAP("JSON: role -> application id (a UUID) of its service principal", Need.ALWAYS),
    DB_WAREHOUSE_ID("a SQL warehouse every role must be able to use", Need.NO),
    ROLE_GROUPS("JSON: role -> list of the groups it must be in", Need.NO),
    GROUP_FUNCTION("is_member or is_account_group_member: what your row filters call", Need.NO),
    DB_GENIE_SPACE_ID("a Genie space every role must be able to use", Need.NO),
    MCP_URL("an MCP server every role must be able to use", Need.NO),
    DB_ACCOUNT_ID("the Databricks account's id, a UUID; the workspace is asked if not set", Need.NO),
    DB_ACCOUNT_HOST("the account console's URL; known by DB_HOST in most clouds", Need.NO),
    DB_ADMIN_SP("application id of a service principal that may read (and set) policies, and has one itself", Need.NO),
    DB_ADMIN_TOKEN("instead: an account administrator's token; see 'help policy'", Need.NO),
    EXPECTED_POLICY("a file with the policy as it ought to be (JSON), to compare the JWT with", Need.NO),
    KEYS_PINNED("true if the policies hold the issuer's keys (jwks_json), so that nobody reaches the issuer", Need.NO);

    /** Whether it can be left out. */
    enum Need {
        ALWAYS,
        /** Unless the JWT comes from the runtime: a CI job, a pod. */
        IDP,
        NO
    }

    private final String meaning;
    private final Need need;

    Variable(String meaning, Need need) {
        this.meaning = meaning;
        this.need = need;
    }

    String meaning() {
        return meaning;
    }

    Need need() {
        return need;
    }
}
