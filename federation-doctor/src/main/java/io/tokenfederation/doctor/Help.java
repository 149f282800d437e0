// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the program says about itself; lists are made from what it really understands. */
final class Help {
    private static final String JAR = "java -jar federation-doctor-cli.jar";

    private Help() {}

    static String of(Optional<Command> topic) {
        return topic.filter(command -> command != Command.HELP).map(Help::of).orElseGet(Help::overview);
    }

    private static String overview() {
        return """
                Finds out why an application's JWT is, or is not, exchanged for a Databricks token, and what that may do.

                usage: %s COMMAND [options]

                %s
                Where to begin: have a JWT and no policy yet?   explain < token.txt
                                have everything set up?         check
                'help COMMAND' shows options, settings and exit codes. No token or secret is ever printed.
                """.formatted(
                        JAR,
                        Arrays.stream(Command.values())
                                .map(command -> "  %-9s %s\n".formatted(command.spelling(), command.summary()))
                                .collect(Collectors.joining()));
    }

    private static String of(Command command) {
        return switch (command) {
            case CHECK -> check();
            case EXPLAIN -> explain();
            case POLICY -> policy();
            case HELP -> overview();
        };
    }

    private static String check() {
        return """
                Checks the federation from end to end: gets a JWT from the identity provider, exchanges it for each role's
                service principal, and asks Databricks whom it takes that for and what it may do. Changes nothing; a stopped
                SQL warehouse is started, if one is named. For each failure it says the cause and the fix.

                usage: %s check [options]

                %s
                settings (environment variables, or NAME=value lines of the --config file):
                %s
                Instead of IDP_TOKEN_URL and its companions: the token of the runtime, by the variables that Databricks' own
                tools read (DATABRICKS_OIDC_TOKEN, DATABRICKS_OIDC_TOKEN_FILEPATH, a GitHub Actions job, …).

                exit code: 0 all passed, 1 something failed, 2 wrong usage or settings

                example:
                  export IDP_TOKEN_URL='https://dev-1.us.auth0.com/oauth/token'
                  export M2M_CLIENT_ID='…' M2M_CLIENT_SECRET="$(your-secret-store get m2m-secret)"
                  export DB_HOST='https://adb-1234567890123456.7.azuredatabricks.net'
                  export ROLE_SP_MAP='{"west_sales": "7cb2f8a4-49a7-4147-83db-35cb69e5cede"}'
                  %s check
                """.formatted(JAR, options(Command.CHECK), settings(), JAR);
    }

    private static String explain() {
        return """
                Reads a JWT from standard input and says what it is: who issued it, which kind of token, for whom; what would
                make Databricks refuse it; and which federation policy it needs. Asks nobody, and never shows the token. A
                'Bearer ' in front, quotes, line breaks and the JSON of a token endpoint are taken away, and that is said.

                usage: %s explain [options] < token.txt

                %s
                exit code: 0 Databricks can take it, 1 it cannot, 2 there was nothing to read
                """.formatted(JAR, options(Command.EXPLAIN));
    }

    private static String policy() {
        return """
                Gets a JWT from the identity provider and prints the federation policy that it matches, for each role's
                service principal; with --apply, creates it, or says that it is there.

                usage: %s policy [options]

                %s
                The settings are those of 'check'. --apply needs DB_ACCOUNT_ID and one of
                  DB_ADMIN_SP     a service principal that is an account administrator and has a federation policy itself;
                                  no secret of Databricks is needed then
                  DB_ADMIN_TOKEN  an administrator's token: databricks auth token --host <the account console's URL>

                exit code: 0 done, 1 something failed, 2 wrong usage or settings
                """.formatted(JAR, options(Command.POLICY));
    }

    private static String options(Command command) {
        Set<Option> known = command.options();
        return Arrays.stream(Option.values())
                .filter(option -> known.contains(option) || option == Option.HELP)
                .map(option ->
                        "  %-18s %s\n".formatted((option.spelling() + " " + option.value()).strip(), option.meaning()))
                .collect(Collectors.joining("", "options:\n", ""));
    }

    private static String settings() {
        return Arrays.stream(Variable.values())
                .map(variable -> "  %-18s %s%s\n".formatted(variable.name(), variable.meaning(), needed(variable)))
                .collect(Collectors.joining());
    }

    private static String needed(Variable variable) {
        return variable.need() == Variable.Need.NO ? "" : " [needed]";
    }
}
