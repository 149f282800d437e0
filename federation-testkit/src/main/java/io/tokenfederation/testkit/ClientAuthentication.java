// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.util.Optional;

/** Finds out which client sent a token request: by its secret in the body or a Basic header, or by an assertion. */
final class ClientAuthentication {
    /** How a client may show who it is. */
    enum Method {
        NONE,
        BASIC,
        POST,
        ASSERTION
    }

    /** How one kind of provider refuses, and what it wants of an assertion. */
    interface Words {
        /** More than one credential. */
        Refusal several();

        /** No credential, though the client, if it is known, has one. */
        Refusal noCredential();

        Refusal unknownClient(String clientId);

        /** A client that may not use client_credentials. */
        Refusal noM2mClient();

        Refusal wrongSecret(String clientId);

        /** An assertion that is no JWT or not of the type of RFC 7523. */
        Refusal noAssertion();

        Refusal badAssertion(Flaw flaw, PresentedAssertion assertion);

        PresentedAssertion.Rules assertionRules(HttpCall call);

        /** Whether this client may show who it is in this way; by default, as it registered itself. */
        default boolean accepts(Method method, Tenant.Client client) {
            return method == Method.ASSERTION
                    ? !client.keys().isEmpty()
                    : client.keys().isEmpty();
        }

        /** The refusal of a proof of the wrong kind. */
        default Refusal wrongMethod(Method method) {
            return noCredential();
        }
    }

    private final Tenant tenant;
    private final Words words;

    ClientAuthentication(Tenant tenant, Words words) {
        this.tenant = tenant;
        this.words = words;
    }

    /** The id of the client that sent this, beyond doubt; throws a {@link Refusal} otherwise. */
    String authenticate(TokenRequest request) {
        Method method = method(request);
        Optional<PresentedAssertion> assertion = assertion(request, method);
        String clientId = clientId(request, assertion).orElseThrow(words::noCredential);
        Tenant.Client client = tenant.client(clientId).orElseThrow(() -> words.unknownClient(clientId));
        if (!client.isM2m()) {
            throw words.noM2mClient();
        }
        if (method == Method.NONE) {
            throw words.noCredential();
        }
        if (!words.accepts(method, client)) {
            throw words.wrongMethod(method);
        }
        if (assertion.isPresent()) {
            verify(assertion.get(), clientId, client, request.call());
        } else if (!client.hasSecret(secret(request))) {
            throw words.wrongSecret(clientId);
        }
        return clientId;
    }

    private Method method(TokenRequest request) {
        boolean basic = request.basic().isPresent();
        boolean post = request.get("client_secret").isPresent();
        boolean assertion = request.get("client_assertion").isPresent();
        if (basic ? post || assertion : post && assertion) {
            throw words.several();
        }
        if (basic) {
            return Method.BASIC;
        }
        if (assertion) {
            return Method.ASSERTION;
        }
        return post ? Method.POST : Method.NONE;
    }

    private Optional<PresentedAssertion> assertion(TokenRequest request, Method method) {
        if (method != Method.ASSERTION) {
            return Optional.empty();
        }
        return Optional.of(request.get("client_assertion_type")
                .filter(PresentedAssertion.TYPE::equals)
                .flatMap(type -> request.get("client_assertion"))
                .flatMap(PresentedAssertion::parse)
                .orElseThrow(words::noAssertion));
    }

    private static Optional<String> clientId(TokenRequest request, Optional<PresentedAssertion> assertion) {
        return request.basic()
                .map(TokenRequest.Basic::clientId)
                .or(() -> request.get("client_id"))
                .or(() -> assertion.map(PresentedAssertion::subject));
    }

    private static String secret(TokenRequest request) {
        return request.basic()
                .map(TokenRequest.Basic::secret)
                .or(() -> request.get("client_secret"))
                .orElse("");
    }

    private void verify(PresentedAssertion assertion, String clientId, Tenant.Client client, HttpCall call) {
        Optional<Flaw> flaw = assertion.flaw(clientId, client.keys(), words.assertionRules(call), tenant);
        if (flaw.isPresent()) {
            throw words.badAssertion(flaw.get(), assertion);
        }
    }
}
