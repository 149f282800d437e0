// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/**
 * Something of a workspace that a service principal was to use.
 *
 * @param what what it is, for a sentence: {@code SQL warehouse '1a2b'}
 * @param permission what is needed for it; empty for what everybody may who belongs to the workspace
 */
record Asked(String what, String permission) {
    /** SCIM's "who am I", which needs nothing but to belong to the workspace. */
    static final Asked ME = new Asked("the workspace", "");

    String lacking() {
        return permission.isEmpty() ? "a permission" : permission;
    }

    static Asked warehouse(String id) {
        return new Asked("the SQL warehouse '" + id + "'", "CAN USE");
    }

    static Asked genieSpace(String id) {
        return new Asked("the Genie space '" + id + "'", "CAN RUN");
    }

    static Asked app(String url) {
        return new Asked("the app '" + url + "'", "CAN USE");
    }
}
