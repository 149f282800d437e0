// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/** What the codes of the exchange, of waiting for a token and of calls made with one mean, and what to do. */
final class ExchangeTexts {
    static final ErrorText AUDIENCE_MISMATCH = new ErrorText(
            "The JWT's audience is in no federation policy of the service principal.",
            "Request exactly the audience the policy lists, or add the JWT's audience to the policy.");

    static final ErrorText ISSUER_MISMATCH = new ErrorText(
            "The JWT's issuer is not the policy's issuer, character for character.",
            "Set the policy's issuer to the JWT's iss; mind the trailing slash.");

    static final ErrorText SUBJECT_MISMATCH = new ErrorText(
            "The JWT's subject is not the policy's subject, character for character.",
            "Set the policy's subject to the JWT's sub as it stands here; it is whatever the identity provider puts there.");

    static final ErrorText NO_FEDERATION_POLICY = new ErrorText(
            "No federation policy of the service principal fits the JWT, or there is no such service principal.",
            "Check that the application id is right and attach a federation policy with this JWT's iss, aud and sub; a new policy can take two minutes to work.");

    static final ErrorText EXCHANGE_CLIENT_ID_MISSING = new ErrorText(
            "An application's JWT was exchanged without client_id, as only a user's JWT can be.",
            "Use tokenFor(servicePrincipal), which sends the service principal's application id as client_id; without it only policies of the account count.");

    static final ErrorText EXCHANGE_CLIENT_ID_MISTAKEN = new ErrorText(
            "The application id that was sent is an id of the identity provider's, so there is no such service principal.",
            "Use the service principal's Application ID, as the account console shows it; it is neither the identity provider's client id nor an object id.");

    static final ErrorText EXCHANGE_REFUSED = new ErrorText(
            "Databricks refused the exchange.",
            "Read the error and its description; check the service principal and its federation policy.");

    static final ErrorText EXCHANGE_SCOPE_NARROWED = new ErrorText(
            "Databricks issued a token for fewer scopes than were asked for; it was discarded.",
            "Ask for the scopes the service principal may have, by scopes(...) of the exchanger's builder.");

    static final ErrorText EXCHANGE_UNREACHABLE = new ErrorText(
            "Databricks could not be reached, or gave no answer in time.",
            "Check the workspace host, DNS, proxy and trust store from the machine that runs this.");

    static final ErrorText EXCHANGE_RATE_LIMITED = new ErrorText(
            "Databricks limits the rate of token requests.",
            "Wait for the time given; keep one exchanger per workspace, so that tokens are cached.");

    static final ErrorText EXCHANGE_UNAVAILABLE = new ErrorText(
            "Databricks failed on its side.", "Wait, and look at the Databricks status page of the region.");

    static final ErrorText EXCHANGE_REPLY_UNREADABLE = new ErrorText(
            "The reply is not what a token endpoint answers.",
            "Check the host: workspaces answer at /oidc/v1/token, account consoles at /oidc/accounts/<id>/v1/token.");

    static final ErrorText EXCHANGE_WRONG_PRINCIPAL = new ErrorText(
            "Databricks issued a token for another service principal than the one asked for; it was discarded.",
            "Report it to Databricks support with the request id; never use such a token.");

    static final ErrorText EXECUTOR_REJECTED = new ErrorText(
            "The executor that runs the attempts refused one: it is full or has been shut down.",
            "Give the exchanger an executor with room that lives as long as the exchanger, or none, for its own.");

    static final ErrorText ATTEMPT_FAILED = new ErrorText(
            "An attempt failed in an unexpected way: a token source threw something other than IdpTokenException.",
            "Read the cause; a token source throws IdpTokenException and never returns null.");

    static final ErrorText TOKEN_WAIT_TIMED_OUT = new ErrorText(
            "No token was to be had within the waiting time.",
            "Try again; if it stays, look for the cause in the identity provider or Databricks being slow.");

    static final ErrorText TOKEN_LIFE_TOO_SHORT = new ErrorText(
            "A new token lives too short a time for what it was asked for; it ends with the identity provider's JWT.",
            "Raise the token lifetime in the identity provider, or ask for less.");

    static final ErrorText TOKEN_WAIT_INTERRUPTED = new ErrorText(
            "The thread was interrupted while it waited for a token.", "Nothing: the application stopped waiting.");

    static final ErrorText PERMISSION_DENIED = new ErrorText(
            "Federation works; the service principal lacks a permission on what it asked for.",
            "Grant it: CAN USE on the SQL warehouse or the app, CAN RUN on the Genie space, SELECT on the table, to the service principal or its group.");

    static final ErrorText WRONG_ROW_FILTER = new ErrorText(
            "The query ran as another identity or in other groups than the role says, so the row filter chose other rows.",
            "Compare current_user(), is_member('group') and is_account_group_member('group') with the token of each service principal.");

    static final ErrorText TOKEN_REJECTED = new ErrorText(
            "The service refused the token, and a newly exchanged one too.",
            "Check that the service principal is assigned to this workspace, and that the URL belongs to it.");

    private ExchangeTexts() {}
}
