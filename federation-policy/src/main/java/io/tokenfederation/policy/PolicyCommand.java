// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import java.net.URI;
import java.util.Locale;

/**
 * A policy as a command of the Databricks CLI, for a POSIX shell. The forms are those of the CLI's own reference: a
 * service principal is named by its numeric id, so for an application id the command looks that up, with jq.
 */
final class PolicyCommand {
    private PolicyCommand() {}

    static String of(FederationPolicy policy, PolicyOwner owner) {
        String json = " --json " + quoted(policy.toJson());
        return switch (owner.kind()) {
            case SERVICE_PRINCIPAL ->
                "databricks account service-principal-federation-policy create " + numericId(owner) + json;
            case ACCOUNT -> "databricks account federation-policy create" + json;
            case RECIPIENT ->
                "databricks recipient-federation-policies create " + quoted(owner.id()) + " --name " + name(policy)
                        + json;
        };
    }

    /** A shell takes everything between two single quotes as it is, except the quote itself. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String numericId(PolicyOwner owner) {
        return owner.numericId().isPresent()
                ? owner.id()
                : "\"$(databricks account service-principals list --filter 'applicationId eq \"" + owner.id()
                        + "\"' --output json | jq -r '.[0].id')\"";
    }

    /** A recipient's policies need names of lower case letters, digits and hyphens; the issuer's host makes one. */
    private static String name(FederationPolicy policy) {
        String host = String.valueOf(URI.create(policy.issuer()).getHost());
        String name =
                host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.length() < 2 ? "policy" : name.substring(0, Math.min(63, name.length()));
    }
}
