// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static io.tokenfederation.doctor.Stage.SECRET;
import static io.tokenfederation.doctor.Stage.claims;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.workload.TokenFileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** W11 to W16. */
final class IssuerProvocations {
    private static final String KEYCLOAK = "https://sso.example.com/realms/main";
    private static final String SPIFFE = "spiffe://example.org/backend";

    static final List<Provocation> ALL = List.of(
            Provocation.of(
                    "W11",
                    ErrorCode.IDP_TOKEN_CLAIM_MISSING,
                    "client scope 'basic'",
                    on -> on.refused(Stage.source(claims(KEYCLOAK, AUDIENCE, null)))),
            Provocation.of("W12", ErrorCode.AUDIENCE_MISMATCH, "Add an Audience mapper", on -> {
                        LoopbackIdp idp = on.started(LoopbackIdp.oidc().start());
                        idp.api(AUDIENCE).m2mClient("backend", SECRET);
                        on.policy(idp.issuer(), AUDIENCE, idp.subjectOf("backend"));
                        return on.refused(OidcTokenSource.builder()
                                .issuer(idp.issuer())
                                .clientId("backend")
                                .clientSecret(SECRET)
                                .build());
                    })
                    .with(MismatchCause.KEYCLOAK_DEFAULT_AUDIENCE),
            Provocation.of(
                    "W13",
                    ErrorCode.IDP_TOKEN_CLAIM_MISSING,
                    "pre token generation trigger",
                    on -> on.refused(Stage.source(
                            claims("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_1", null, "client")))),
            Provocation.of("W14", ErrorCode.IDP_TOKEN_ALGORITHM, "SigningAlgorithm=RS256", on -> {
                String jwt = Stage.jwt(
                        "ES384",
                        claims(
                                "https://0f1e.tokens.sts.global.api.aws",
                                AUDIENCE,
                                "arn:aws:iam::123456789012:role/backend"));
                return on.refused(() -> IdpToken.parse(jwt));
            }),
            RuntimeProvocations.subject(
                    "W15",
                    "https://accounts.google.com",
                    "104567890123456789012",
                    "backend@p.iam.gserviceaccount.com",
                    MismatchCause.GOOGLE_EMAIL),
            Provocation.of("W16", "SPIFFE_ISSUER_MISSING", "jwt_issuer", on -> {
                Path file = Files.writeString(
                        on.directory.resolve("svid"), Stage.jwt("RS256", claims(null, AUDIENCE, SPIFFE)));
                return Stage.thrown(TokenFileSource.of(file)::mint);
            }),
            Provocation.of(
                    "W16",
                    ErrorCode.IDP_TOKEN_CLAIM_MISSING,
                    "jwt_issuer",
                    on -> on.refused(Stage.source(claims(null, AUDIENCE, SPIFFE)))));

    private IssuerProvocations() {}
}
