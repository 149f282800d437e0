// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenExchangerBuilder;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Single settings that are wrong whatever the others say. Asks nobody. */
final class SettingCheck {
    /** RFC 1918, RFC 3927, RFC 6598 and loopback; and IPv6 of the same kinds. */
    private static final Pattern PRIVATE_ADDRESS = Pattern.compile(
            "(127|10|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01])|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\..*"
                    + "|\\[(::1|f[cd].*|fe[89ab].*)]");

    /** RFC 6761, RFC 6762, RFC 8375, and what clusters and offices use; a name without a dot is of the same kind. */
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("[^.:\\[]+|(.+\\.)?(localhost|local|internal|intranet|corp|lan|home\\.arpa|svc)");

    private SettingCheck() {}

    /** {@return what is wrong with a service principal's application id; empty if it has the form of one} */
    static Optional<Problem> servicePrincipal(String text) {
        try {
            ServicePrincipal.of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(DoctorCode.SERVICE_PRINCIPAL_ID_WRONG.problem(said(e)));
        }
    }

    /** {@return what is wrong with the address of a workspace; empty if it looks like one} */
    static Optional<Problem> workspace(String url) {
        return host(builder -> builder.workspace(url));
    }

    /** {@return what is wrong with the address and id of an account; empty if they look like one} */
    static Optional<Problem> account(String url, String accountId) {
        return host(builder -> builder.account(url, accountId)).or(() -> noAccountConsole(url));
    }

    /**
     * Tells whether Databricks can reach an issuer, by its name alone.
     *
     * @param issuer as the JWT's {@code iss} says it
     * @return what is wrong; empty if the name is a public one, or no URL at all
     */
    static Optional<Problem> issuer(String issuer) {
        String host = hostOf(issuer);
        boolean hidden = PRIVATE_ADDRESS.matcher(host).matches()
                || PRIVATE_NAME.matcher(host).matches();
        return hidden && !host.isEmpty()
                ? Optional.of(DoctorCode.ISSUER_NOT_PUBLIC
                        .problem("the issuer '" + SafeText.of(issuer)
                                + "' is on a private network, where Databricks cannot" + " fetch its keys")
                        .fix("Put the public keys of '" + SafeText.of(issuer)
                                + "' into the policy's jwks_json, and renew"
                                + " them there when they change; or make its discovery document public."))
                : Optional.empty();
    }

    private static Optional<Problem> noAccountConsole(String url) {
        String host = hostOf(url);
        return host.startsWith("adb-") || host.startsWith("dbc-")
                ? Optional.of(DoctorCode.DATABRICKS_HOST_WRONG.problem(
                        host + " is a workspace, not an account console, whose name begins with 'accounts.'"))
                : Optional.empty();
    }

    private static Optional<Problem> host(Consumer<DatabricksTokenExchangerBuilder> setting) {
        try {
            setting.accept(DatabricksTokenExchanger.builder());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(DoctorCode.DATABRICKS_HOST_WRONG.problem(said(e)));
        }
    }

    private static String said(IllegalArgumentException e) {
        return SafeText.of(String.valueOf(e.getMessage()));
    }

    private static String hostOf(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
