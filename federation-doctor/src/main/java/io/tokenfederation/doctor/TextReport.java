// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The report for people: a line for each check, what is wrong below it, and how many roles passed at the end. */
final class TextReport {
    private static final String INDENT = "       ";
    private static final int WIDTH = 110;

    /** What takes longer is worth knowing; what is quicker would make each report another. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final Colours colours;
    private final Map<String, String> principals;
    private Optional<String> section = Optional.empty();

    TextReport(Colours colours, Map<String, String> principals) {
        this.colours = colours;
        this.principals = principals;
    }

    static String of(Report report) {
        TextReport text = new TextReport(Colours.OFF, report.roles());
        StringBuilder all = new StringBuilder();
        report.results().forEach(result -> all.append(text.lines(result)));
        return all.append(text.summary(report)).toString();
    }

    /** {@return the line of one check, and what stands below it; each ends its line} */
    String lines(CheckResult result) {
        StringBuilder lines = new StringBuilder(heading(result));
        lines.append(colours.mark(result.outcome())).append(' ').append(result.check());
        detail(result.outcome()).ifPresent(detail -> lines.append(": ").append(detail));
        if (result.took().compareTo(SLOW) >= 0) {
            lines.append(" (").append(Times.inWords(result.took())).append(')');
        }
        lines.append('\n');
        result.outcome().finding().ifPresent(finding -> lines.append(below(finding)));
        return lines.toString();
    }

    String summary(Report report) {
        int roles = report.roles().size();
        String passed = "Results: " + report.rolesPassed() + "/" + roles + " roles passed";
        long shared = report.failures().stream()
                .filter(result -> result.role().isEmpty())
                .count();
        String others = shared == 0
                ? ""
                : ", and " + shared + (shared == 1 ? " check" : " checks") + " of what they share failed";
        return "\n" + colours.result(passed + others, report.passed()) + "\n";
    }

    private String heading(CheckResult result) {
        if (section.equals(result.role())) {
            return "";
        }
        section = result.role();
        return "\n"
                + section.map(role -> colours.strong("Role: " + role) + "  SP: " + principals.getOrDefault(role, ""))
                        .orElse(colours.strong("Not checked"))
                + "\n";
    }

    private static Optional<String> detail(Outcome outcome) {
        if (outcome instanceof Outcome.Passed passed) {
            return Optional.of(passed.detail()).filter(detail -> !detail.isEmpty());
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return Optional.of(skipped.because());
        }
        return outcome.finding().map(Finding::code);
    }

    private static String below(Finding finding) {
        String below = labelled("cause", finding.cause()) + labelled("fix", finding.fix());
        if (finding.paste().isEmpty()) {
            return below;
        }
        return below + INDENT + "to paste:\n" + finding.paste().strip().indent(INDENT.length() + 2);
    }

    private static String labelled(String label, String text) {
        String head = INDENT + (label + ":      ").substring(0, 7);
        return wrapped(head, " ".repeat(head.length()), text);
    }

    /** Breaks at spaces; what has none, such as an address, stays whole, so that it can be copied. */
    private static String wrapped(String head, String margin, String text) {
        StringBuilder all = new StringBuilder();
        StringBuilder line = new StringBuilder(head);
        boolean begun = false;
        for (String word : text.split(" ")) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                all.append(line).append('\n');
                line = new StringBuilder(margin);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        return all.append(line).append('\n').toString();
    }
}
