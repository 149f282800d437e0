// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.util.List;

/** Variables that somebody set for services of theirs, and that stand-ins would pass over in silence. */
final class UnheardVariables {
    private static final List<String> OF_A_LOGIN = List.of(
            "LOGIN_CLIENT_ID", "LOGIN_AUDIENCE", "LOGIN_AUDIENCE_PARAMETER", "LOGIN_SCOPE", "LOGIN_EMAIL_CLAIM");

    private static final List<String> OF_REAL_SERVICES = List.of(
            "M2M_CLIENT_ID",
            "M2M_CLIENT_SECRET",
            "M2M_AUDIENCE",
            "M2M_SCOPE",
            "DB_HOST",
            "ROLE_SP_MAP",
            "MCP_URL",
            "MCP_TOOL",
            "MCP_ARGUMENTS",
            "MCP_FORWARD_TOKEN");

    private UnheardVariables() {}

    /**
     * Half a login is a mistake: people would be asked for the stand-in's password.
     *
     * @throws Variables.Mistakes if a variable of a login is set, and its issuer is not
     */
    static void requireIssuer(Variables given) {
        if (!given.has("LOGIN_ISSUER")) {
            OF_A_LOGIN.stream()
                    .filter(given::has)
                    .forEach(name -> given.mistake(
                            name + " is set, and LOGIN_ISSUER is not",
                            "set LOGIN_ISSUER to your provider's issuer, or unset " + name + " for the stand-in"));
        }
        given.requireNoMistake();
    }

    /** {@return the names of those that count beside IDP_TOKEN_URL only} */
    static List<String> withoutRealServices(Variables given) {
        return OF_REAL_SERVICES.stream().filter(given::has).toList();
    }
}
