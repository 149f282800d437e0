// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A Databricks service principal, named by its application id (a UUID): the identity a Databricks token is for.
 *
 * <p>The application id is not the service principal's numeric id, which the REST paths of federation policies use, and
 * not the client id of an application in the identity provider. An Entra ID managed service principal's application id
 * is the client id of its app registration.
 *
 * @param applicationId the application id shown in the account console, sent as {@code client_id} in the exchange
 */
public record ServicePrincipal(UUID applicationId) {
    private static final Pattern UUID_FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /**
     * Checks that there is an id.
     *
     * @param applicationId the application id
     */
    public ServicePrincipal {
        requireNonNull(applicationId, "applicationId");
    }

    /**
     * Reads an application id.
     *
     * @param applicationId a UUID in its 36 character form
     * @return the service principal
     * @throws IllegalArgumentException if it is not a UUID; the message says what it looks like instead
     */
    public static ServicePrincipal of(String applicationId) {
        requireNonNull(applicationId, "applicationId");
        if (!UUID_FORM.matcher(applicationId).matches()) {
            throw new IllegalArgumentException("a service principal is named by its application id, a UUID such as "
                    + "7cb2f8a4-49a7-4147-83db-35cb69e5cede; " + lookalike(applicationId));
        }
        return new ServicePrincipal(UUID.fromString(applicationId));
    }

    /** {@return the application id, as Databricks writes it} */
    @Override
    public String toString() {
        return applicationId.toString();
    }

    /** Does not repeat the value: people paste secrets into the wrong field. */
    private static String lookalike(String value) {
        if (value.isBlank()) {
            return "this one is empty";
        }
        if (value.chars().allMatch(Character::isDigit)) {
            return "this is a number: it is the service principal's numeric id";
        }
        if (value.endsWith("@clients")) {
            return "this ends in @clients: it is the subject of an Auth0 token";
        }
        if (!value.equals(value.strip()) && UUID_FORM.matcher(value.strip()).matches()) {
            return "this one has white space around it";
        }
        return "this has " + value.length() + " characters and another form; is it the identity provider's client id?";
    }
}
