// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;

/** What the checks meet in a workspace that has nothing to do with federation, and what an operator does about it. */
enum CheckCode {
    DATABRICKS_REPLY_UNREADABLE(
            false,
            "Databricks, or whatever answers in its place, gave an answer that means nothing here.",
            "Check the workspace's URL, and what a proxy in between makes of replies."),
    WAREHOUSE_NOT_FOUND(
            false,
            "There is no SQL warehouse with this id in this workspace.",
            "Take the warehouse's id from SQL Warehouses > the warehouse > Connection details: the last part of the HTTP path."),
    WAREHOUSE_SLOW(
            true,
            "The SQL warehouse did not start, or was busy, for longer than was waited.",
            "Start the warehouse, look at its queue, and try again."),
    STATEMENT_FAILED(
            false,
            "The SQL warehouse ran a statement that reads no table, and it failed.",
            "Read what the warehouse said; run the same statement in the SQL editor."),
    GENIE_SPACE_NOT_FOUND(
            false,
            "There is no Genie space with this id in this workspace, or the service principal may not know of it.",
            "Take the space's id from its URL, and grant CAN RUN on it to the service principal or its group.");

    private final boolean retryable;
    private final String meaning;
    private final String fix;

    CheckCode(boolean retryable, String meaning, String fix) {
        this.retryable = retryable;
        this.meaning = meaning;
        this.fix = fix;
    }

    boolean retryable() {
        return retryable;
    }

    String meaning() {
        return meaning;
    }

    String fix() {
        return fix;
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }
}
