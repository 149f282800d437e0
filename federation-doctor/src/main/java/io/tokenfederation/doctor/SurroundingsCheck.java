// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variables and profiles in which Databricks' own tools would stumble, or would read something else than this library
 * does. Nothing here keeps the library from working; shows names of variables, and no value but an audience.
 */
final class SurroundingsCheck {
    private static final String AUDIENCE = "DATABRICKS_TOKEN_AUDIENCE";
    private static final String AUDIENCE_OF_JAVA = "TOKEN_AUDIENCE";

    private final Map<String, String> environment;
    private final Optional<ConfigProfile> profile;

    private SurroundingsCheck(Map<String, String> environment, Optional<ConfigProfile> profile) {
        this.environment = environment;
        this.profile = profile;
    }

    /**
     * Looks at the variables and the profile.
     *
     * @param environment the variables
     * @param profile the profile that would be read, where there is one
     * @return what is odd; each is worth a warning
     */
    static List<Problem> of(Map<String, String> environment, Optional<ConfigProfile> profile) {
        SurroundingsCheck check = new SurroundingsCheck(environment, profile);
        List<Problem> found = new ArrayList<>();
        check.ambiguous().ifPresent(found::add);
        found.addAll(check.overridden());
        check.audience().ifPresent(found::add);
        return List.copyOf(found);
    }

    /** "validate: more than one authorization method configured", say the SDKs, before they send anything. */
    private Optional<Problem> ambiguous() {
        Map<String, String> sourceOfMethod = new LinkedHashMap<>();
        for (SdkSetting setting : SdkSetting.ALL) {
            if (!setting.method().isEmpty()) {
                source(setting).ifPresent(source -> sourceOfMethod.putIfAbsent(setting.method(), source));
            }
        }
        boolean chosen = variable(SdkSetting.AUTH_TYPE)
                .or(() -> profile.flatMap(read -> read.find("auth_type")))
                .isPresent();
        if (chosen || sourceOfMethod.size() < 2) {
            return Optional.empty();
        }
        List<String> methods = List.copyOf(sourceOfMethod.keySet());
        List<String> sources = List.copyOf(sourceOfMethod.values());
        return Optional.of(DoctorCode.SETTINGS_AMBIGUOUS
                .problem("more than one way to log in is configured: " + sourceOfMethod)
                .fix("Set " + SdkSetting.AUTH_TYPE + " to the one that is meant, such as '" + preferred(methods)
                        + "', or unset " + String.join(" or ", sources) + "."));
    }

    private List<Problem> overridden() {
        List<Problem> found = new ArrayList<>();
        profile.ifPresent(read -> SdkSetting.ALL.forEach(setting -> {
            Optional<String> inProfile = read.find(setting.field());
            Optional<String> inVariable = variable(setting.variable());
            if (inProfile.isPresent() && inVariable.isPresent() && !inProfile.equals(inVariable)) {
                found.add(DoctorCode.SETTING_OVERRIDDEN
                        .problem(setting.field() + " comes from the variable " + setting.variable() + "; " + read
                                + " says something else")
                        .fix("Unset " + setting.variable() + ", or make it say what " + setting.field() + " says in "
                                + read + ": the environment comes first."));
            }
        }));
        return found;
    }

    private Optional<Problem> audience() {
        Optional<String> one = variable(AUDIENCE);
        Optional<String> other = variable(AUDIENCE_OF_JAVA);
        if (one.equals(other)) {
            return Optional.empty();
        }
        if (one.isPresent() && other.isPresent()) {
            return Optional.of(DoctorCode.AUDIENCE_VARIABLE_UNREAD
                    .problem(AUDIENCE + " and " + AUDIENCE_OF_JAVA + " differ")
                    .fix("Give " + AUDIENCE + " and " + AUDIENCE_OF_JAVA + " the same value: they are '"
                            + SafeText.of(one.get()) + "' and '" + SafeText.of(other.get()) + "'."));
        }
        String lacking = one.isPresent() ? AUDIENCE_OF_JAVA : AUDIENCE;
        String readers =
                one.isPresent() ? "the Databricks SDK for Java reads" : "Databricks' SDKs for Go and Python read";
        return Optional.of(DoctorCode.AUDIENCE_VARIABLE_UNREAD
                .problem(readers + " " + lacking + ", which is not set")
                .fix("Set " + lacking + " to '"
                        + SafeText.of(one.or(() -> other).orElse("")) + "' too: this library reads both variables, "
                        + readers + " this one only."));
    }

    /** {@return where a setting comes from, for a sentence; empty if nobody sets it} */
    private Optional<String> source(SdkSetting setting) {
        return variable(setting.variable())
                .map(value -> setting.variable())
                .or(() -> profile.flatMap(
                        read -> read.find(setting.field()).map(value -> setting.field() + " of " + read)));
    }

    /** The ones that need no secret come first: whoever federates means them. */
    private static String preferred(List<String> methods) {
        return methods.stream()
                .filter(method -> method.endsWith("-oidc"))
                .findFirst()
                .orElse(methods.get(0));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
