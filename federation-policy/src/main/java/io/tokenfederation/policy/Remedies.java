// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.internal.VisibleText;
import java.util.Map;
import java.util.Optional;

/**
 * What to change, and on which side, in one sentence that holds the value to set. Where both sides could be changed the
 * policy comes first: the token is what the identity provider really issues.
 *
 * @param policy the policy
 * @param claims the token's claims
 */
record Remedies(FederationPolicy policy, Map<String, ?> claims) {
    /** The policy only: claims may tell who a person is. */
    @Override
    public String toString() {
        return "Remedies[" + policy + "]";
    }

    String of(String claim, Remark remark) {
        return special(remark).orElseGet(() -> switch (remark.cause()) {
            case CLAIM_MISSING -> "Have the identity provider issue " + claim + " in this token.";
            case CLAIM_NO_STRING ->
                "Have the identity provider issue " + claim + " as one string, or match another claim.";
            default -> usual(claim, remark);
        });
    }

    private String usual(String claim, Remark remark) {
        if (claim.equals("aud")) {
            return "Add " + quoted(remark.actual()) + " to the policy's audiences, or have the identity provider issue"
                    + " the token for " + quoted(remark.expected()) + ".";
        }
        if (policy.subject().isEmpty() && claim.equals(policy.subjectClaim())) {
            return "Have the identity provider put the Databricks user name into " + claim
                    + ", or set the policy's subject_claim to the claim that holds it.";
        }
        return set(claim, remark) + ".";
    }

    private Optional<String> special(Remark remark) {
        return switch (remark.cause()) {
            case ENTRA_VERSION -> Optional.of(entraVersion(remark));
            case OKTA_AUTHORIZATION_SERVER -> Optional.of(okta(remark));
            case HOST, KEYCLOAK_AUTH_PATH -> host(remark);
            case SUBJECT_IN_OTHER_CLAIM -> otherClaim(remark.expected());
            case CIRCLECI_USER -> match("oidc.circleci.com/project-id");
            case BITBUCKET_STEP -> match("repositoryUuid");
            case TERRAFORM_PHASE ->
                Optional.of("Add a second policy beside this one, with the subject " + quoted(remark.actual()) + ".");
            case AZURE_DEVOPS_CONNECTION ->
                Optional.of(set("sub", remark) + "; or ask for the token "
                        + (remark.expected().startsWith("sc:") ? "with" : "without")
                        + " the id of a service connection, so that it says " + quoted(remark.expected()) + ".");
            case GITHUB_ENVIRONMENT ->
                Optional.of(set("sub", remark) + ", or change environment: in the workflow so that it says "
                        + quoted(remark.expected()) + ".");
            case ACCOUNT_ID_DEFAULT ->
                Optional.of(
                        "Add " + quoted(remark.actual()) + " to the policy's audiences, or have the identity provider"
                                + " issue the token for the account id, " + quoted(remark.expected()) + ".");
            case KEYCLOAK_DEFAULT_AUDIENCE ->
                Optional.of(
                        "Add an Audience mapper with " + quoted(remark.expected())
                                + " to the client in Keycloak; 'account' stands in most tokens of the realm and tells nothing.");
            case KUBERNETES_DEFAULT_AUDIENCE ->
                Optional.of("Project a service account token with the audience " + quoted(remark.expected())
                        + " into the pod.");
            case AZURE_DATABRICKS_AUDIENCE ->
                Optional.of(
                        "Use the token directly, by DatabricksTokenSource.direct(...), without a policy; to exchange"
                                + " one, ask for the audience of an application of your own.");
            default -> Optional.empty();
        };
    }

    private String entraVersion(Remark remark) {
        boolean wantsTwo = remark.expected().contains("/v2.0");
        return set("iss", remark) + "; or set requestedAccessTokenVersion to " + (wantsTwo ? "2" : "1")
                + " in the manifest of the API's registration, so that tokens say " + quoted(remark.expected()) + ".";
    }

    private String okta(Remark remark) {
        return remark.actual().contains("/oauth2/")
                ? set("iss", remark) + "."
                : "Ask the custom authorization server for the token, at " + quoted(remark.expected() + "/v1/token")
                        + ": only Okta can verify access tokens of the organization itself.";
    }

    private Optional<String> host(Remark remark) {
        return remark.actual().equals(claims.get("iss"))
                ? Optional.of(set("iss", remark) + ", or ask for the token at the address of "
                        + quoted(remark.expected()) + ".")
                : Optional.empty();
    }

    private Optional<String> otherClaim(String value) {
        return claims.keySet().stream()
                .filter(name -> value.equals(claims.get(name)))
                .sorted()
                .findFirst()
                .map(name -> "Set the policy's subject_claim to '" + name + "', or its subject to what "
                        + policy.subjectClaim() + " says.");
    }

    private Optional<String> match(String claim) {
        return claims.get(claim) instanceof String value
                ? Optional.of(
                        "Set the policy's subject_claim to '" + claim + "' and its subject to " + quoted(value) + ".")
                : Optional.of("Set the policy's subject_claim to '" + claim + "' and its subject to what the token has"
                        + " there.");
    }

    private static String set(String claim, Remark remark) {
        return "Set the policy's " + (claim.equals("iss") ? "issuer" : "subject") + " to " + quoted(remark.actual());
    }

    private static String quoted(String value) {
        return "'" + VisibleText.of(value) + "'";
    }

    /** {@return what to do about a token that is not valid now, or not signed as the policy wants it} */
    static String ofToken(MismatchCause cause) {
        return switch (cause) {
            case ALGORITHM ->
                "Choose RS256 or ES256 as the signing algorithm of the API in the identity provider; Databricks takes no"
                        + " other.";
            case EXPIRED -> "Take a newly issued token; if this is one, set the clocks of both machines.";
            case NOT_YET_VALID -> "Wait until the token is valid, or have the identity provider issue it without nbf.";
            default -> "Set the clock of this machine or of the identity provider, by NTP.";
        };
    }
}
