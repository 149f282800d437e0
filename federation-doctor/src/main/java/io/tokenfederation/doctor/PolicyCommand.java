// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.VisibleText;
import io.tokenfederation.policy.Ensured;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code policy}: prints the policies the configured application's JWT needs, or sets them. */
final class PolicyCommand {
    private static final Set<String> FORMS = Set.of("cli", "rest", "terraform");

    private final Terminal terminal;
    private final Arguments arguments;
    private final Settings settings;
    private final String form;

    PolicyCommand(Map<String, String> environment, Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
        this.settings = new Settings(CommandSettings.of(environment, arguments));
        this.form = arguments.find(Option.FORMAT).orElse("cli").toLowerCase(Locale.ROOT);
        if (!FORMS.contains(form)) {
            throw new UsageException("--format is cli, rest or terraform" + Nearest.hint(form, FORMS));
        }
    }

    int run() {
        Settings.Read read = settings.read(arguments.find(Option.ROLE));
        boolean apply = arguments.has(Option.APPLY);
        if (apply && read.administrator().isEmpty()) {
            throw new SettingsException(List.of(new Mistake(
                    Variable.DB_ADMIN_SP.name(),
                    "is not set, so nobody may set policies",
                    "Set DB_ACCOUNT_ID, and DB_ADMIN_SP or DB_ADMIN_TOKEN; see 'help policy'.")));
        }
        try {
            IdpToken jwt = read.idp().mint();
            FederationPolicy policy = FederationPolicy.matching(jwt);
            return apply ? apply(read, policy) : print(read.roles(), policy);
        } catch (FederationException e) {
            return failed(Finding.of(e.problem()));
        } catch (IOException | IllegalArgumentException e) {
            return failed(new Finding("ATTEMPT_FAILED", Failures.name(e), "Run 'check': it looks at each step.", ""));
        }
    }

    private int print(List<ResolvedRole> roles, FederationPolicy policy) {
        if (form.equals("rest")) {
            // One body serves all, and a comment would make it no JSON.
            roles.forEach(role -> terminal.err().println(whose(role)));
            terminal.out().println(policy.toJson());
            return Program.ALL_PASSED;
        }
        Map<String, String> names = TerraformNames.of(
                roles.stream().map(ResolvedRole::name).distinct().toList());
        // Whole or not at all: half of it would be pasted too.
        StringBuilder text = new StringBuilder();
        for (ResolvedRole role : roles) {
            PolicyOwner owner = PolicyOwner.of(role.servicePrincipal());
            text.append("# ").append(whose(role)).append('\n');
            text.append(
                    form.equals("terraform")
                            ? policy.toTerraform(owner, names.getOrDefault(role.name(), "role"))
                            : policy.toCli(owner));
            text.append("\n\n");
        }
        terminal.out().print(text);
        return Program.ALL_PASSED;
    }

    /** A line break in a name would end the comment it stands in, and the rest be a command. */
    private static String whose(ResolvedRole role) {
        return VisibleText.of(role.name() + ": " + PolicyOwner.of(role.servicePrincipal()));
    }

    private int apply(Settings.Read read, FederationPolicy policy) {
        FederationPolicies policies = Administration.policies(
                read.account().orElseThrow(), read.administrator().orElseThrow());
        int exitCode = Program.ALL_PASSED;
        for (ResolvedRole role : read.roles()) {
            try {
                Ensured ensured = policies.withOwner(PolicyOwner.of(role.servicePrincipal()))
                        .ensure(policy);
                String what = ensured.outcome().name().toLowerCase(Locale.ROOT);
                terminal.out()
                        .println(VisibleText.of("[PASS] " + role.name() + ": policy '"
                                + ensured.policy().id() + "' " + what));
            } catch (FederationException e) {
                terminal.err().print(VisibleText.of("[FAIL] " + role.name() + ": "));
                exitCode = failed(Finding.of(e.problem()));
            }
        }
        if (exitCode == Program.ALL_PASSED) {
            terminal.out().println("\nA new policy can take two minutes to work; then run 'check'.");
        }
        return exitCode;
    }

    private int failed(Finding finding) {
        // Standard output is pasted, or piped into a shell.
        terminal.err().println(finding.code() + "\n  cause: " + finding.cause() + "\n  fix:   " + finding.fix());
        return Program.FAILED;
    }
}
