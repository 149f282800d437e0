// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Does this machine's clock agree with those of the servers? Many an "expired" is a wrong clock. */
final class ClockCheck implements Check {
    static final String NAME = "clock";

    /** Databricks refuses a token in its last 30 seconds, and this library hands none out in its last 40. */
    static final Duration TOLERATED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Examination examination) {
        Map<String, Duration> ahead = examination.clocks().ahead();
        List<String> off = ahead.entrySet().stream()
                .filter(server -> server.getValue().abs().compareTo(TOLERATED) > 0)
                .map(server -> words(server.getKey(), server.getValue()))
                .toList();
        if (!off.isEmpty()) {
            return new Outcome.Failed(Finding.of(DoctorCode.CLOCK_DIFFERS.problem(String.join("; ", off))));
        }
        return ahead.isEmpty()
                ? new Outcome.Skipped("no server has told the time")
                : new Outcome.Passed("agrees with " + String.join(" and ", ahead.keySet()));
    }

    private static String words(String server, Duration ahead) {
        return "the clock of " + server + " is " + Times.inWords(ahead.abs())
                + (ahead.isNegative() ? " behind this machine's" : " ahead of this machine's");
    }
}
