// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * How a token and a federation policy come to differ: the mistakes people make, the most exact first. The names are
 * stable; an application may branch on them, and group its logs by them.
 *
 * <p>"Missing" and "extra" are said of the policy, compared with the token.
 */
public enum MismatchCause {
    /** The policy's value lacks the slash that the token has at its end. */
    TRAILING_SLASH_MISSING,
    /** The policy's value has a slash at its end, which the token has not. */
    TRAILING_SLASH_EXTRA,
    /** One side has Auth0's suffix {@code @clients}, the other has not. */
    AUTH0_CLIENTS_SUFFIX,
    /** The policy names the client id; Entra ID's {@code sub} is the object id of the enterprise application. */
    ENTRA_CLIENT_ID_FOR_OBJECT_ID,
    /** The policy names the client id, which stands in another claim than the subject. */
    CLIENT_ID_FOR_SUBJECT,
    /** The policy's subject stands in another claim than the one the policy compares. */
    SUBJECT_IN_OTHER_CLAIM,
    /** One side names an API by its GUID, the other by a URI: Entra ID writes it so or so, by the token's version. */
    GUID_FOR_URI,
    /** They differ only in upper and lower case. */
    LETTER_CASE,
    /** They differ only in spaces, tabs or line breaks. */
    WHITE_SPACE,
    /** They differ only in characters that cannot be seen, such as a zero width space. */
    INVISIBLE_CHARACTER,
    /** They differ only in characters that look alike, such as a Cyrillic а, a long dash, or O for 0. */
    LOOK_ALIKE,
    /** One side has quotes around it. */
    QUOTES,
    /** They differ only in the scheme: http for https, or none. */
    SCHEME,
    /** One side names the port that is the default, such as {@code :443}. */
    DEFAULT_PORT,
    /** They differ only in how many slashes stand together. */
    DOUBLE_SLASH,
    /** They differ only in percent-encoding, such as {@code %3A} for a colon. */
    PERCENT_ENCODING,
    /** One character is another, is missing, is too many, or has changed places with its neighbour. */
    ONE_CHARACTER,
    /** More than one of these at once: scheme, letter case, slashes, white space, look-alikes and so on. */
    SEVERAL_SPELLINGS,
    /** The policy still holds a placeholder, such as {@code <org_id>}. */
    PLACEHOLDER,
    /** One side is the address of the issuer's discovery document. */
    DISCOVERY_ADDRESS,
    /** One side is the v1.0 issuer of Entra ID, the other the v2.0 issuer. */
    ENTRA_VERSION,
    /** They are issuers of two Entra ID tenants. */
    ENTRA_TENANT,
    /** Okta's organization for one of its authorization servers, such as {@code /oauth2/default}, or one for another. */
    OKTA_AUTHORIZATION_SERVER,
    /** One side has {@code /auth} before Keycloak's {@code /realms}. */
    KEYCLOAK_AUTH_PATH,
    /** One side is the workspace's URL, the other that of its token endpoint. */
    TOKEN_ENDPOINT_FOR_WORKSPACE,
    /** GitHub writes the ids of owner and repository into one of them, {@code owner@id/repo@id}. */
    GITHUB_IDS,
    /** In GitHub, a job's environment stands in {@code sub} in place of its branch or event. */
    GITHUB_ENVIRONMENT,
    /** Azure DevOps' {@code p://…} for a pipeline, and {@code sc://…} for a service connection. */
    AZURE_DEVOPS_CONNECTION,
    /** CircleCI's {@code sub} names the person who started the job. */
    CIRCLECI_USER,
    /** Bitbucket's {@code sub} names the step that runs. */
    BITBUCKET_STEP,
    /** HCP Terraform's plan and apply have each their own {@code sub}. */
    TERRAFORM_PHASE,
    /** Google's {@code sub} is the service account's unique id, a number, not its e-mail address. */
    GOOGLE_EMAIL,
    /** AWS names a role in one, a session of it in the other. */
    AWS_ASSUMED_ROLE,
    /** Another namespace or service account in Kubernetes; often a pod's name in place of the service account's. */
    KUBERNETES_SERVICE_ACCOUNT,
    /** One side is the other with more of a path. */
    PATH,
    /** They differ only in the host, as by a custom domain. */
    HOST,
    /** They are two GUIDs. */
    OTHER_GUID,
    /** The policy lists no audiences, so it accepts the account id alone. */
    ACCOUNT_ID_DEFAULT,
    /** The token's only audience is {@code account}: Keycloak, where the client has no Audience mapper. */
    KEYCLOAK_DEFAULT_AUDIENCE,
    /** The token is for the cluster's API server: it is the default token of a pod. */
    KUBERNETES_DEFAULT_AUDIENCE,
    /** The token is for Azure Databricks itself, and is not exchanged. */
    AZURE_DATABRICKS_AUDIENCE,
    /** The token has no such claim. */
    CLAIM_MISSING,
    /** The claim is no string, or a list where it must be one string. */
    CLAIM_NO_STRING,
    /** The token is signed with an algorithm that Databricks does not take. */
    ALGORITHM,
    /** The policy pins keys, and the one the token names is not among them. */
    PINNED_KEY_MISSING,
    /** The token has ended. */
    EXPIRED,
    /** The token is not valid yet. */
    NOT_YET_VALID,
    /** The token was issued in the future, so the clocks of two machines differ. */
    CLOCK_SKEW,
    /** They differ in no known way. */
    OTHER
}
