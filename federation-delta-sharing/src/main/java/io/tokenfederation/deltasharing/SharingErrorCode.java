// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.FederationException;
import io.tokenfederation.Problem;

/** What can go wrong with a share, and what an operator does about it. */
enum SharingErrorCode {
    SHARING_PROFILE_UNREADABLE(
            false,
            "Check the path, and that the file is the profile as it was downloaded: one JSON object of at most 1 MiB."),
    SHARING_PROFILE_INVALID(
            false,
            "Download the profile anew from the provider's portal, and fill in clientId, clientSecret and scope of the"
                    + " application in your identity provider."),
    SHARING_PROFILE_UNSUPPORTED(
            false,
            "Ask the provider for a profile with OIDC federation (oauth_client_credentials) or with a bearer token; a newer"
                    + " version needs a newer release of this library."),
    SHARING_TOKEN_EXPIRED(
            false,
            "Ask the provider to rotate the recipient's token and send a new profile, or to switch the recipient to OIDC"
                    + " federation, which needs no rotation."),
    SHARING_NOT_FOUND(
            false,
            "Compare share, schema and table with what shares() and allTables(share) list; what is not shared with this"
                    + " recipient does not exist for it."),
    SHARING_RATE_LIMITED(true, "Wait for the time given, and query less often."),
    SHARING_UNAVAILABLE(true, "The sharing server failed on its side: try again, and tell the provider if it stays."),
    SHARING_MOVED(false, "Set the endpoint to where the server points, if that is the right server."),
    SHARING_REQUEST_REFUSED(
            false,
            "Read what the server said: mostly the provider has to share the table with history, or the client to offer"
                    + " responseFormats(...) and readerFeatures(...)."),
    SHARING_UNREACHABLE(true, "Check host, DNS, proxy and trust store of the address from the machine that runs this."),
    SHARING_TIMED_OUT(true, "Try again, or raise requestTimeout(...): large tables can take minutes to plan."),
    SHARING_ANSWER_LOST(true, "Query again; look at proxies that end long replies if it stays."),
    SHARING_INTERRUPTED(true, "Nothing: the application stopped waiting."),
    SHARING_REPLY_UNREADABLE(false, "Check the endpoint: a login page, a proxy or another service may answer there."),
    SHARING_ANSWER_INCOMPLETE(true, "Drop what this query has brought and query again: files are missing from it."),
    SHARING_ANSWER_FAILED(
            true, "Drop what this query has brought, read what the server said, and query again or tell the provider."),
    SHARING_PAGES_LOOP(false, "Tell the provider: the sharing server's pages lead in a circle."),
    SHARING_PROTOCOL_UNSUPPORTED(
            false,
            "Offer responseFormats(DELTA, PARQUET) with the readerFeatures(...) your reader has, or use a newer release of"
                    + " this library."),
    SHARING_FILE_EXPIRED(
            false, "Query the table again, or refresh by the refresh token, and fetch the file by its new address."),
    SHARING_FILE_REFUSED(
            false, "Look at the storage's own code; a firewall of the provider's storage has to let this machine in."),
    SHARING_FILE_INCOMPLETE(true, "Fetch the file again; query the table again if it stays."),
    SHARING_FILE_ADDRESS(false, "Tell the provider: a file's address must be an https URL that java.net.URI reads."),
    SHARING_FILE_NOT_WRITTEN(false, "Check the target's folder, its permissions and its free space.");

    private final boolean retryable;
    private final String fix;

    SharingErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    boolean is(FederationException failure) {
        return failure.code().equals(name());
    }

    SharingException exception(String message) {
        return new SharingException(problem(message));
    }

    SharingException exception(String message, Throwable cause) {
        return new SharingException(problem(message).cause(cause));
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }
}
