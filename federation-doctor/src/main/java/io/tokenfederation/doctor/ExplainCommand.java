// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code explain}: what a token is, what is wrong with it, and which policy it needs. */
final class ExplainCommand {
    /** No header of this size is accepted anywhere. */
    private static final int MOST = 1 << 20;

    private final Terminal terminal;
    private final Optional<ServicePrincipal> principal;

    ExplainCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.principal = arguments.find(Option.SP).map(ExplainCommand::principal);
    }

    int run() {
        if (terminal.interactive()) {
            terminal.err()
                    .println(
                            "Paste the token, then Enter and Ctrl-D. It stays in your terminal; better: explain < token.txt");
        }
        String input = input(terminal.in());
        if (input.isBlank()) {
            throw new UsageException("there was nothing to read: pipe the token in, as in: explain < token.txt");
        }
        PastedToken pasted = PastedToken.read(input);
        Explanation explanation = Explanation.of(pasted.value(), Instant.now());
        PrintStream out = terminal.out();
        if (!pasted.removed().isEmpty()) {
            out.println("Taken away: " + String.join(", ", pasted.removed()) + ".\n");
        }
        explanation.facts().ifPresent(facts -> describe(explanation, facts));
        judge(explanation);
        explanation.jwt().ifPresent(jwt -> out.print(PolicyText.explained(jwt, explanation.facts(), principal)));
        return explanation.fits() ? Program.ALL_PASSED : Program.FAILED;
    }

    private void describe(Explanation explanation, TokenFacts facts) {
        PrintStream out = terminal.out();
        out.println("What it is");
        out.println("  " + facts.inWords());
        explanation.decoded().ifPresent(token -> {
            line("iss", token.claims());
            line("aud", token.claims());
            line("sub", token.claims());
            line("azp", token.claims());
            line("exp", token.claims());
            line("alg", token.header());
            line("kid", token.header());
        });
        if (facts.audiences().size() > 1) {
            out.println(
                    "  It names " + facts.audiences().size() + " audiences; a policy matches if it lists one of them.");
        }
        out.println();
    }

    private void line(String name, Map<String, ?> members) {
        Object value = members.get(name);
        if (value != null) {
            terminal.out().println("  " + name + "  " + shown(name, value));
        } else if (!name.equals("azp") && !name.equals("kid")) {
            terminal.out().println("  " + name + "  (missing)");
        }
    }

    /** The policy's claims are shown as they are, because they are compared so. */
    private static String shown(String name, Object value) {
        if (name.equals("exp") && value instanceof Number seconds) {
            return TimeClaims.time(seconds)
                    .map(Instant::toString)
                    .orElseGet(() -> Double.toString(seconds.doubleValue()));
        }
        return value instanceof Collection<?> list
                ? list.stream().map(one -> SafeText.of(String.valueOf(one))).collect(Collectors.joining(", "))
                : SafeText.of(String.valueOf(value));
    }

    private void judge(Explanation explanation) {
        PrintStream out = terminal.out();
        out.println("What Databricks would say");
        explanation.wrong().forEach(problem -> out.print(said("FAIL", problem)));
        explanation.doubtful().forEach(problem -> out.print(said("WARN", problem)));
        if (explanation.fits()) {
            out.println("  Nothing in the token itself stands against it; a federation policy must match it.");
        }
        out.println();
    }

    private static String said(String mark, Problem problem) {
        return "  [" + mark + "] " + problem.code() + ": " + problem.message() + "\n         fix: " + problem.fix()
                + "\n";
    }

    private static ServicePrincipal principal(String text) {
        try {
            return ServicePrincipal.of(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--sp: " + e.getMessage());
        }
    }

    private static String input(InputStream in) {
        try {
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException(
                    "standard input cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
