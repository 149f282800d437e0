// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

/**
 * Which of a machine's identities is meant: one of those a person assigned to it.
 *
 * @param kind what it is named by
 * @param id its name
 */
record AssignedIdentity(Kind kind, String id) {
    /** What a user-assigned identity can be named by, and the query parameter for it. */
    enum Kind {
        CLIENT_ID("client_id"),
        OBJECT_ID("object_id"),
        RESOURCE_ID("mi_res_id");

        private final String parameter;

        Kind(String parameter) {
            this.parameter = parameter;
        }
    }

    String parameter() {
        return kind.parameter;
    }

    /** {@return the parameter as the instance metadata service spells it} */
    String parameterAtImds() {
        return kind == Kind.RESOURCE_ID ? "msi_res_id" : kind.parameter;
    }
}
