// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.internal.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy as a resource of Databricks' Terraform provider, in HCL. The provider must be one of the account. It has no
 * resource for a recipient's policy since version 1.95.
 */
final class PolicyBlock {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private PolicyBlock() {}

    static String of(FederationPolicy policy, PolicyOwner owner, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a Terraform resource is named by letters, digits, _ and -, and begins with no digit");
        }
        return switch (owner.kind()) {
            case SERVICE_PRINCIPAL -> ofServicePrincipal(policy, owner, name);
            case ACCOUNT -> resource("databricks_account_federation_policy", name, body(policy));
            case RECIPIENT ->
                throw new IllegalArgumentException(
                        "the Terraform provider has no resource for a recipient's policy since"
                                + " version 1.95: use the command of toCli");
        };
    }

    private static String ofServicePrincipal(FederationPolicy policy, PolicyOwner owner, String name) {
        String type = "databricks_service_principal_federation_policy";
        String id = "  service_principal_id = ";
        if (owner.numericId().isPresent()) {
            return resource(type, name, id + owner.id() + "\n" + body(policy));
        }
        return "data \"databricks_service_principal\" \"" + name + "\" {\n  application_id = " + quoted(owner.id())
                + "\n}\n\n"
                + resource(
                        type,
                        name,
                        id + "tonumber(data.databricks_service_principal." + name + ".id)\n" + body(policy));
    }

    private static String resource(String type, String name, String body) {
        return "resource \"" + type + "\" \"" + name + "\" {\n" + body + "}";
    }

    private static String body(FederationPolicy policy) {
        List<String> lines = new ArrayList<>();
        lines.add("issuer        = " + quoted(policy.issuer()));
        if (!policy.audiences().isEmpty()) {
            lines.add("audiences     = "
                    + policy.audiences().stream().map(PolicyBlock::quoted).collect(Collectors.joining(", ", "[", "]")));
        }
        policy.subject().ifPresent(subject -> lines.add("subject       = " + quoted(subject)));
        lines.add("subject_claim = " + quoted(policy.subjectClaim()));
        policy.jwksUri().ifPresent(uri -> lines.add("jwks_uri      = " + quoted(uri.toString())));
        policy.jwksJson().ifPresent(keys -> lines.add("jwks_json     = " + quoted(keys)));
        return lines.stream()
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining("", "  oidc_policy = {\n", "  }\n"));
    }

    /** HCL takes ${ and %{ for the beginning of a template, and backslash and quote for what they are in Java. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int point;
        for (int at = 0; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            boolean template = (point == '$' || point == '%') && text.startsWith("{", at + 1);
            if (template && at > 0 && text.charAt(at - 1) == point) {
                // A doubled sign is the escape itself; a third would be read in one way or another.
                quoted.append(String.format("\\u%04X", point));
            } else if (template) {
                quoted.appendCodePoint(point).appendCodePoint(point);
            } else {
                quoted.append(escaped(point));
            }
        }
        return quoted.append('"').toString();
    }

    private static String escaped(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> visible(point);
        };
    }

    /** A value comes from a token that anybody may have written: what cannot be seen must not work on a screen. */
    private static String visible(int point) {
        String raw = Character.toString(point);
        if (VisibleText.of(raw).equals(raw)) {
            return raw;
        }
        return Character.isBmpCodePoint(point) ? String.format("\\u%04X", point) : String.format("\\U%08X", point);
    }
}
