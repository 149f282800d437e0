// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks every check in its turn, and leaves out those that would only repeat a failure. */
final class Rounds {
    private final Examination examination;
    private final Setup setup;
    private final List<CheckResult> results = new ArrayList<>();

    Rounds(Examination examination) {
        this.examination = examination;
        this.setup = examination.setup();
    }

    Report walk() {
        for (Check check : Checks.ofAll(setup)) {
            ask(check.name(), Optional.empty(), check.needs(), () -> check.run(examination));
        }
        List<RoleCheck> ofEach = Checks.ofEachRole(setup);
        setup.roles.forEach((name, principal) -> {
            ResolvedRole role = new ResolvedRole(name, name, principal);
            ofEach.stream()
                    .filter(check -> check.concerns(setup, name))
                    .forEach(check ->
                            ask(check.name(), Optional.of(name), check.needs(), () -> check.run(examination, role)));
        });
        Checks.notConfigured(setup)
                .forEach((check, why) ->
                        report(new CheckResult(check, Optional.empty(), new Outcome.Skipped(why), Duration.ZERO)));
        return new Report(setup.workspace.toString(), principals(), results);
    }

    private Map<String, String> principals() {
        Map<String, String> principals = new LinkedHashMap<>();
        setup.roles.forEach((name, principal) -> principals.put(name, principal.toString()));
        return principals;
    }

    private void ask(String check, Optional<String> role, List<String> needs, Supplier<Outcome> question) {
        Optional<String> missing =
                needs.stream().filter(needed -> !isThere(needed, role)).findFirst();
        if (missing.isPresent()) {
            Outcome skipped = new Outcome.Skipped("'" + missing.get() + "' did not pass");
            report(new CheckResult(check, role, skipped, Duration.ZERO));
            return;
        }
        setup.progress.accept(new Progress.Started(check, role));
        long started = System.nanoTime();
        Outcome outcome = outcome(question);
        report(new CheckResult(check, role, outcome, Duration.ofNanos(System.nanoTime() - started)));
    }

    /** A check that was not to be made at all stands in nobody's way. */
    private boolean isThere(String needed, Optional<String> role) {
        return results.stream()
                .filter(result -> result.check().equals(needed))
                .filter(result -> result.role().isEmpty() || result.role().equals(role))
                .noneMatch(result -> result.failed() || result.skipped());
    }

    // The application's token source may throw whatever it likes; the other checks are still worth making.
    private static Outcome outcome(Supplier<Outcome> question) {
        try {
            return question.get();
        } catch (FederationException e) {
            return new Outcome.Failed(Finding.of(e.problem()));
        } catch (RuntimeException e) {
            return new Outcome.Failed(Finding.of(Problem.of(ErrorCode.ATTEMPT_FAILED, "it threw " + Failures.name(e))));
        }
    }

    private void report(CheckResult result) {
        results.add(result);
        setup.progress.accept(new Progress.Finished(result));
    }
}
