// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static io.tokenfederation.internal.RefusalTable.passing;
import static io.tokenfederation.internal.RefusalTable.row;

import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.RefusalTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Entra ID's error numbers mean. Its OAuth errors are few, so the number that its descriptions begin with decides; a
 * number that is not here keeps the general code.
 *
 * <p>In a fix, 1 is the tenant, 2 the client, 3 what the token is for, 4 the authority.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra authentication and
 *     authorization error codes</a>
 */
final class AadStsCodes {
    /** What its descriptions begin with. Most numbers are the beginning of another one, so the whole number counts. */
    private static final Pattern NUMBER = Pattern.compile("\\bAADSTS(\\d{3,8})\\b");

    static final String ASSERTION_EXPIRED = "ENTRA_ASSERTION_EXPIRED";
    static final String LOOP_DETECTED = "ENTRA_LOOP_DETECTED";
    static final String THROTTLED = "ENTRA_THROTTLED";

    /** Codes of a federated credential that does not fit, each of which is better told with what was presented. */
    static final String FEDERATED = "ENTRA_FEDERATED_";

    private static final String WRONG_CLOUD = "Application, tenant and resource must be in one cloud, and %4$s is that"
            + " cloud's authority: set cloud(...) to the cloud of tenant '%1$s'.";
    private static final String NO_RESOURCE =
            "Check '%3$s' character for character (Expose an API > Application ID URI, or"
                    + " the API's client id), and that the API has an enterprise application in tenant '%1$s': az ad sp create"
                    + " --id <client id of the API>.";
    private static final String BAD_SCOPE =
            "Ask for one API by its Application ID URI or client id, as application(...)"
                    + " does, which appends '/.default'; '%3$s' was asked for.";
    private static final String BAD_SIGNATURE = "Upload the certificate to application '%2$s' (Certificates & secrets >"
            + " Certificates), and sign with its key and with the certificate beside it, whose thumbprint is sent.";
    private static final String UNASSIGNED =
            "Assign an app role of '%3$s' to the enterprise application of '%2$s', or turn"
                    + " off Assignment required in the properties of the API's enterprise application.";
    private static final String CONDITIONAL_ACCESS = "A Conditional Access policy for workload identities stops '%2$s':"
            + " look it up in the service principal sign-in logs, and let this location through.";
    private static final String PASSES = "Wait: Entra ID failed on its side; see the Azure status page if it stays.";

    private static final RefusalTable ROWS = new RefusalTable(rows());

    private AadStsCodes() {}

    /** {@return what the number in the server's words means, if there is one and it is known} */
    static Optional<Row> find(String words) {
        Matcher number = NUMBER.matcher(words);
        return number.find() ? ROWS.find("", text(number.group(1))) : Optional.empty();
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(credentials());
        rows.addAll(places());
        rows.addAll(targets());
        rows.addAll(federated());
        rows.addAll(policies());
        rows.addAll(passingOnes());
        return rows;
    }

    private static List<Row> credentials() {
        return List.of(
                row(
                        text("7000215"),
                        "ENTRA_SECRET_WRONG",
                        "Use the secret's Value, not its Secret ID, for '%2$s' (Certificates & secrets); it is shown once"
                                + " only, so create a new secret where it is lost."),
                row(
                        text("7000222"),
                        "ENTRA_SECRET_EXPIRED",
                        "The secret of '%2$s' has expired: create a new one (Certificates & secrets), or use a"
                                + " certificate, a federated credential or a managed identity."),
                row(
                        text("7000218"),
                        "ENTRA_CREDENTIAL_MISSING",
                        "The credential did not reach Entra ID: look for a proxy that changes the form, and for a body"
                                + " that is cut off."),
                row(text("700027"), "ENTRA_CERTIFICATE_REJECTED", BAD_SIGNATURE),
                row(text("700030"), "ENTRA_CERTIFICATE_REJECTED", BAD_SIGNATURE),
                row(text("50012"), "ENTRA_CERTIFICATE_REJECTED", BAD_SIGNATURE),
                row(
                        text("700024"),
                        ASSERTION_EXPIRED,
                        "Check this machine's clock; a token file must be the one that is renewed, so mount it without"
                                + " subPath and copy it nowhere."));
    }

    private static List<Row> places() {
        return List.of(
                row(
                        text("700016"),
                        "ENTRA_APP_NOT_FOUND",
                        "Tenant '%1$s' at %4$s has no application '%2$s': take the Application (client) ID, not an"
                                + " object id, and the tenant and cloud in which it is registered."),
                row(
                        text("90002"),
                        "ENTRA_TENANT_NOT_FOUND",
                        "There is no tenant '%1$s' at %4$s: take the Directory (tenant) ID from the application's"
                                + " overview, and set cloud(...) if it is in a national cloud."),
                row(text("900382"), "ENTRA_WRONG_CLOUD", WRONG_CLOUD),
                row(text("900432"), "ENTRA_WRONG_CLOUD", WRONG_CLOUD),
                row(text("90038"), "ENTRA_WRONG_CLOUD", WRONG_CLOUD),
                row(
                        text("9001023"),
                        "ENTRA_TENANT_NOT_CONCRETE",
                        "Name the tenant by its Directory (tenant) ID or a domain; '%1$s' is for people who sign in."));
    }

    private static List<Row> targets() {
        return List.of(
                row(text("500011"), "ENTRA_RESOURCE_NOT_FOUND", NO_RESOURCE),
                row(text("50001"), "ENTRA_RESOURCE_NOT_FOUND", NO_RESOURCE),
                row(text("70011"), "ENTRA_SCOPE_INVALID", BAD_SCOPE),
                row(text("1002012"), "ENTRA_SCOPE_INVALID", BAD_SCOPE),
                row(
                        text("700022"),
                        "ENTRA_SEVERAL_RESOURCES",
                        "Ask for one API at a time; a token has one audience, and '%3$s' was asked for."),
                row(
                        text("901002"),
                        "ENTRA_RESOURCE_PARAMETER",
                        "The v2.0 endpoint takes no resource parameter: use application(...) for it, or v1Resource(...),"
                                + " which asks the v1 endpoint."));
    }

    private static List<Row> federated() {
        String fits = " of a federated credential of '%2$s' (Certificates & secrets > Federated credentials), character"
                + " for character; a new one can take some minutes to work.";
        return List.of(
                row(
                        text("70021"),
                        "ENTRA_FEDERATED_CREDENTIAL_NOT_FOUND",
                        "The assertion must fit issuer, subject and audience" + fits),
                row(text("700211"), "ENTRA_FEDERATED_ISSUER_MISMATCH", "The assertion's iss must be the issuer" + fits),
                row(
                        text("700213"),
                        "ENTRA_FEDERATED_SUBJECT_MISMATCH",
                        "The assertion's sub must be the subject" + fits),
                row(
                        text("700212"),
                        "ENTRA_FEDERATED_AUDIENCE_MISMATCH",
                        "The assertion's aud must be the audience" + fits));
    }

    private static List<Row> policies() {
        return List.of(
                row(text("501051"), "ENTRA_ASSIGNMENT_REQUIRED", UNASSIGNED),
                row(text("50105"), "ENTRA_ASSIGNMENT_REQUIRED", UNASSIGNED),
                row(
                        text("7000112"),
                        "ENTRA_APP_DISABLED",
                        "Enable sign-in for '%2$s' in tenant '%1$s' (Enterprise applications > the application >"
                                + " Properties), or find out who disabled it."),
                row(text("53003"), "ENTRA_CONDITIONAL_ACCESS", CONDITIONAL_ACCESS),
                row(text("530032"), "ENTRA_CONDITIONAL_ACCESS", CONDITIONAL_ACCESS));
    }

    private static List<Row> passingOnes() {
        List<Row> rows = new ArrayList<>();
        rows.add(passing(
                text("50196"),
                LOOP_DETECTED,
                "Keep tokens: the same request came too often in a short time; share one source and one exchanger per"
                        + " process, and look for a process that is restarted over and over."));
        rows.add(passing(
                text("90055"), THROTTLED, "Wait; share one token source per process, so that tokens are cached."));
        for (String number : List.of("50033", "50087", "90006", "90012", "90024", "90033", "90090")) {
            rows.add(passing(text(number), "ENTRA_UNAVAILABLE", PASSES));
        }
        return rows;
    }

    private static String text(String number) {
        return "AADSTS" + number + ":";
    }
}
