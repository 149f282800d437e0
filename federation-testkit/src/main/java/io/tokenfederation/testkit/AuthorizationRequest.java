// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request to log somebody in, whose application and address to return to are beyond doubt. Before they are, nobody is sent
 * anywhere (RFC 6749 §4.1.2.1, RFC 9700 §4.11).
 */
final class AuthorizationRequest {
    /** SHA-256 in base64url (RFC 7636 §4.2). */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final HttpCall call;
    private final Map<String, String> parameters;
    private final BrowserApplication application;
    private final String redirectUri;
    private final Optional<String> issuerToName;

    private AuthorizationRequest(
            HttpCall call, Map<String, String> parameters, BrowserApplication application, LoginDialect dialect) {
        this.call = call;
        this.parameters = parameters;
        this.application = application;
        this.redirectUri = parameters.getOrDefault("redirect_uri", "");
        this.issuerToName = dialect.namesIssuer() ? Optional.of(dialect.issuer(call)) : Optional.empty();
        if (!application.redirectUris().contains(redirectUri)) {
            throw LoginPage.refusal(400, dialect.wrongRedirectUri(application.clientId()));
        }
    }

    /** Reads a request; its refusals are pages of the provider's own. */
    static AuthorizationRequest read(HttpCall call, People people, LoginDialect dialect) {
        Map<String, String> parameters = (call.hasForm() ? call.form() : call.parameters())
                .orElseThrow(() -> LoginPage.refusal(400, "A parameter is there twice or cannot be read."));
        String clientId = parameters.getOrDefault("client_id", "");
        BrowserApplication application = people.application(clientId)
                .orElseThrow(() -> LoginPage.refusal(400, dialect.unknownApplication(clientId)));
        return new AuthorizationRequest(call, parameters, application, dialect);
    }

    /** Holds the request against the rules that all providers have. */
    void check() {
        if (get("request").isPresent() || get("request_uri").isPresent()) {
            throw refusal("request_not_supported", "Parameters cannot be passed as an object");
        }
        Optional<String> responseType = get("response_type");
        if (responseType.isEmpty()) {
            throw refusal("invalid_request", "Missing required parameter: response_type");
        }
        if (!responseType.get().equals("code")) {
            throw refusal("unsupported_response_type", "The response type must be code");
        }
        requireOneOf("response_mode", List.of("query"));
        requireOneOf("prompt", List.of("none", "login"));
        if (get("max_age").filter(age -> !SECONDS.matcher(age).matches()).isPresent()) {
            throw refusal("invalid_request", "max_age must be a number of seconds");
        }
        if (get("code_challenge").isEmpty()) {
            throw refusal("invalid_request", "PKCE is required: code_challenge is missing");
        }
        // RFC 7636 §4.3: without a method it is plain.
        if (!get("code_challenge_method").filter("S256"::equals).isPresent()) {
            throw refusal("invalid_request", "code_challenge_method must be S256");
        }
        if (!CHALLENGE.matcher(challenge()).matches()) {
            throw refusal("invalid_request", "code_challenge must be a SHA-256 in base64url");
        }
    }

    private void requireOneOf(String name, List<String> allowed) {
        if (get(name).filter(value -> !allowed.contains(value)).isPresent()) {
            throw refusal("invalid_request", name + " must be one of " + allowed);
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The scopes asked for, each once. */
    List<String> scopes() {
        return get("scope")
                .map(scope ->
                        List.of(scope.strip().split("\\s+")).stream().distinct().toList())
                .orElse(List.of());
    }

    HttpCall call() {
        return call;
    }

    BrowserApplication application() {
        return application;
    }

    String redirectUri() {
        return redirectUri;
    }

    String challenge() {
        return get("code_challenge").orElse("");
    }

    boolean mayAsk() {
        return !get("prompt").filter("none"::equals).isPresent();
    }

    /** Whether somebody who logged in then need not log in again. */
    boolean accepts(Instant authTime, Instant now) {
        boolean recent = get("max_age")
                .map(age -> !now.isAfter(authTime.plusSeconds(Long.parseLong(age))))
                .orElse(true);
        return recent && !get("prompt").filter("login"::equals).isPresent();
    }

    /** Sends the browser back with an error. */
    Refusal refusal(String error, String description) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("error", error);
        answer.put("error_description", description);
        return new Refusal(redirect(302, answer));
    }

    /** Sends the browser back; the state, which the application checks, as it came. */
    Reply redirect(int status, Map<String, String> answer) {
        Map<String, String> all = new LinkedHashMap<>(answer);
        get("state").ifPresent(state -> all.put("state", state));
        issuerToName.ifPresent(issuer -> all.put("iss", issuer));
        return LoginPage.redirect(status, redirectUri, all);
    }

    /** The client only: the rest is for the two ends. */
    @Override
    public String toString() {
        return "AuthorizationRequest[" + application.clientId() + "]";
    }
}
