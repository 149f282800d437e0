// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The authorization endpoint and the form behind it (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2). */
final class LoginEndpoint {
    private final Tenant tenant;
    private final LoginDialect dialect;
    private final Browsers browsers;
    private final CodeGrant codes;
    private final Guesses guesses;

    LoginEndpoint(Tenant tenant, LoginDialect dialect, Browsers browsers, CodeGrant codes) {
        this.tenant = tenant;
        this.dialect = dialect;
        this.browsers = browsers;
        this.codes = codes;
        this.guesses = new Guesses(tenant::now);
    }

    /** A login page; or, for somebody who is logged in on this browser, the code at once. */
    Reply authorize(HttpCall call) {
        dialect.check(call);
        AuthorizationRequest request = AuthorizationRequest.read(call, tenant.people(), dialect);
        request.check();
        LoginTarget target = dialect.target(request);
        Optional<Browsers.Session> session = browsers.session(call);
        if (session.isPresent() && request.accepts(session.get().authTime(), tenant.now())) {
            return answer(302, request, target, session.get());
        }
        if (!request.mayAsk()) {
            throw request.refusal("login_required", "Login required");
        }
        Browsers.Transaction transaction = browsers.open(call, request, target);
        return LoginPage.form(200, transaction, request.get("login_hint").orElse(""), Optional.empty())
                .header("Set-Cookie", browsers.cookie(transaction));
    }

    /** The login page's form as it came back. */
    Reply submit(HttpCall call) {
        Map<String, String> form = Optional.of(call)
                .filter(HttpCall::hasForm)
                .flatMap(HttpCall::form)
                .orElseThrow(() -> LoginPage.refusal(400, "The form cannot be read."));
        Browsers.Transaction page = browsers.transaction(call, form).orElseThrow(LoginEndpoint::staleForm);
        String username = form.getOrDefault("username", "");
        Optional<Duration> wait = guesses.take(username);
        if (wait.isPresent()) {
            return LoginPage.form(429, page, username, Optional.of("Too many attempts. Try again in a minute."))
                    .header("Retry-After", Long.toString(wait.get().toSeconds() + 1));
        }
        Optional<Person> person = tenant.people().authenticate(username, form.getOrDefault("password", ""));
        if (person.isEmpty()) {
            return LoginPage.form(401, page, username, Optional.of("Wrong username or password."));
        }
        guesses.forget(username);
        if (!browsers.close(page)) {
            throw staleForm();
        }
        Browsers.Session session = browsers.begin(call, person.get());
        return answer(303, page.request(), page.target(), session).header("Set-Cookie", browsers.cookie(session));
    }

    private Reply answer(int status, AuthorizationRequest request, LoginTarget target, Browsers.Session session) {
        Authorization login = new Authorization(
                request.application(),
                session.person(),
                session.authTime(),
                target,
                dialect.issuer(request.call()),
                Tenant.idFor("session " + session.id()));
        return request.redirect(status, Map.of("code", codes.issue(login, request)));
    }

    private static Refusal staleForm() {
        return LoginPage.refusal(
                403, "This login page is used, too old or of another browser. Go back to the application.");
    }
}
