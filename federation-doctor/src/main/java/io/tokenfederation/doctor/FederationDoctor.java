// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/**
 * Checks a federation from end to end: the identity provider's token, its exchange for each role's service principal, whom
 * Databricks then takes it for, and what that one may do. Each failure comes with its cause and its fix.
 *
 * <pre>{@code
 * Report report = FederationDoctor.builder()
 *     .idpTokenSource(idp)
 *     .workspace("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .role("west_sales", ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"))
 *     .build()
 *     .check();
 * System.exit(report.passed() ? 0 : 1);
 * }</pre>
 *
 * <p>It asks for real tokens and changes nothing: it calls no tool and creates no policy, and the statements it runs on a
 * warehouse read no table. A warehouse that is stopped is started by them. It verifies nothing that only Databricks can
 * know; where a policy can be read, it is compared exactly, else the exchange decides.
 *
 * <p>Immutable and thread-safe; each check starts from nothing.
 */
public final class FederationDoctor {
    private final Setup setup;

    FederationDoctor(Setup setup) {
        this.setup = setup;
    }

    /** {@return a builder; the IdP token source, the workspace and at least one role are required} */
    public static FederationDoctorBuilder builder() {
        return new FederationDoctorBuilder();
    }

    /**
     * Checks everything that is configured, one thing after the other, on this thread. It takes a few seconds where all is
     * well, and longer where something does not answer.
     *
     * @return what was found; a failure is a line of it, never an exception
     */
    public Report check() {
        try (Examination examination = new Examination(setup)) {
            return new Rounds(examination).walk();
        }
    }

    /** {@return the workspace and the roles} */
    @Override
    public String toString() {
        return "FederationDoctor[" + setup.workspace + ", " + setup.roles.keySet() + "]";
    }
}
