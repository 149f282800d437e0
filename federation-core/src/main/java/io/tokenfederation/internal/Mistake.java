// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

/**
 * The ways in which two values that ought to be the same come to differ, the most exact first. Each stands in the public
 * {@code MismatchCause} under the same name, where it is explained.
 */
enum Mistake {
    TRAILING_SLASH_MISSING,
    TRAILING_SLASH_EXTRA,
    AUTH0_CLIENTS_SUFFIX,
    ENTRA_CLIENT_ID_FOR_OBJECT_ID,
    CLIENT_ID_FOR_SUBJECT,
    SUBJECT_IN_OTHER_CLAIM,
    GUID_FOR_URI,
    LETTER_CASE,
    WHITE_SPACE,
    INVISIBLE_CHARACTER,
    LOOK_ALIKE,
    QUOTES,
    SCHEME,
    DEFAULT_PORT,
    DOUBLE_SLASH,
    PERCENT_ENCODING,
    ONE_CHARACTER,
    SEVERAL_SPELLINGS,
    PLACEHOLDER,
    DISCOVERY_ADDRESS,
    ENTRA_VERSION,
    ENTRA_TENANT,
    OKTA_AUTHORIZATION_SERVER,
    KEYCLOAK_AUTH_PATH,
    TOKEN_ENDPOINT_FOR_WORKSPACE,
    GITHUB_IDS,
    GITHUB_ENVIRONMENT,
    AZURE_DEVOPS_CONNECTION,
    CIRCLECI_USER,
    BITBUCKET_STEP,
    TERRAFORM_PHASE,
    GOOGLE_EMAIL,
    AWS_ASSUMED_ROLE,
    KUBERNETES_SERVICE_ACCOUNT,
    PATH,
    HOST,
    OTHER_GUID
}
