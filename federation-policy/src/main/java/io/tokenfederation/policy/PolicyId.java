// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The id of a policy: what Databricks takes for one, and one that follows from what a policy says. */
final class PolicyId {
    /** Databricks reports a length that is wrong as a character that is (terraform-provider-databricks#5290). */
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{2,63}");

    private static final int MOST_OF_HOST = 40;

    private PolicyId() {}

    static String require(String id) {
        requireNonNull(id, "policyId");
        if (FORM.matcher(id).matches()) {
            return id;
        }
        String wrong = id.length() < 2 || id.length() > 63
                ? "this one has " + id.length()
                : "this one is '" + SafeText.of(id) + "'";
        throw new IllegalArgumentException(
                "a policy id has 2 to 63 characters, of which each is one of a-z, 0-9 and -; " + wrong);
    }

    /**
     * The id of a policy that was given none. It depends on nothing but what the policy says, so that whoever wants the
     * same policy at the same time asks for the same id, and Databricks can tell the second from the first.
     */
    static String of(PolicyContent content) {
        String host = URI.create(content.policy().issuer()).getHost();
        String readable = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = readable.length() > MOST_OF_HOST ? readable.substring(0, MOST_OF_HOST) : readable;
        return cut + "-" + HexFormat.of().formatHex(sha256(content.canonical()), 0, 8);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
