// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Arrays;
import java.util.Map;

/**
 * Who issued a JWT, told by its claims. A guess for people to read: behind a domain of one's own most cannot be told. The
 * first that fits counts.
 */
enum TokenProvider {
    DATABRICKS("Databricks"),
    AUTH0("Auth0"),
    OKTA("Okta"),
    ENTRA_V1("Microsoft Entra ID, v1.0"),
    ENTRA_V2("Microsoft Entra ID, v2.0"),
    GITHUB("GitHub Actions"),
    AZURE_DEVOPS("Azure DevOps"),
    CIRCLECI("CircleCI"),
    BITBUCKET("Bitbucket"),
    TERRAFORM("HCP Terraform"),
    GITLAB("GitLab CI"),
    COGNITO("Amazon Cognito"),
    GOOGLE("Google"),
    AWS("AWS"),
    KUBERNETES("Kubernetes"),
    SPIFFE("SPIFFE"),
    KEYCLOAK("Keycloak"),
    OTHER("an OpenID Connect provider");

    private final String title;

    TokenProvider(String title) {
        this.title = title;
    }

    static TokenProvider of(Map<String, ?> claims) {
        return Arrays.stream(values())
                .filter(provider -> provider.issued(claims))
                .findFirst()
                .orElse(OTHER);
    }

    String title() {
        return title;
    }

    /** {@return whether its tokens are a job's, a pod's or a machine's, and never a person's} */
    boolean isRuntime() {
        return switch (this) {
            case GITHUB, AZURE_DEVOPS, CIRCLECI, BITBUCKET, TERRAFORM, GITLAB, AWS, KUBERNETES, SPIFFE -> true;
            default -> false;
        };
    }

    private boolean issued(Map<String, ?> claims) {
        String issuer = text(claims, "iss");
        String subject = text(claims, "sub");
        return switch (this) {
            case DATABRICKS ->
                issuer.matches("https://[^/]+\\.(azuredatabricks\\.net|databricks\\.(com|us|mil))/oidc.*");
            case AUTH0 ->
                issuer.matches("https?://[^/]+\\.auth0\\.com/")
                        || text(claims, "gty").equals("client-credentials")
                        || subject.matches(".*@clients|auth0\\|.*");
            case OKTA ->
                issuer.matches("https?://[^/]+\\.(okta|oktapreview|okta-emea)\\.com.*")
                        || (claims.containsKey("cid") && claims.containsKey("scp"));
            case ENTRA_V1 -> isOfTenant(claims) && !text(claims, "ver").equals("2.0");
            case ENTRA_V2 -> isOfTenant(claims);
            case GITHUB ->
                issuer.startsWith("https://token.actions.githubusercontent.com")
                        || claims.containsKey("job_workflow_ref");
            case AZURE_DEVOPS ->
                issuer.matches("https://vstoken\\.(dev\\.azure|actions\\.visualstudio)\\.com/.*")
                        || subject.matches("(p|sc)://.+");
            case CIRCLECI ->
                issuer.startsWith("https://oidc.circleci.com/") || claims.containsKey("oidc.circleci.com/project-id");
            case BITBUCKET -> issuer.startsWith("https://api.bitbucket.org/");
            case TERRAFORM -> issuer.equals("https://app.terraform.io") || claims.containsKey("terraform_run_id");
            case GITLAB -> issuer.equals("https://gitlab.com") || subject.startsWith("project_path:");
            case COGNITO -> issuer.startsWith("https://cognito-idp.");
            case GOOGLE -> issuer.equals("https://accounts.google.com") || subject.matches("\\d{18,24}");
            case AWS -> subject.startsWith("arn:aws");
            case KUBERNETES -> subject.startsWith("system:serviceaccount:");
            case SPIFFE -> subject.startsWith("spiffe://");
            case KEYCLOAK -> issuer.matches("https?://[^/]+.*/realms/[^/]+");
            case OTHER -> true;
        };
    }

    /** By the tenant, which nobody else puts in; Entra ID's issuers have it in their path. */
    private static boolean isOfTenant(Map<String, ?> claims) {
        String tenant = text(claims, "tid");
        return !tenant.isEmpty() && text(claims, "iss").contains(tenant);
    }

    private static String text(Map<String, ?> claims, String name) {
        return claims.get(name) instanceof String text ? text : "";
    }
}
