// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Where mistakes are made: a Databricks workspace on loopback, a service principal, and whatever else is started. */
final class Stage implements AutoCloseable {
    static final String AUDIENCE = "https://adb-1.example.com";
    static final String SECRET = "c4nary-s3cret";

    final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    final ServicePrincipal principal = databricks.servicePrincipal("west", "west_sales");
    final Path directory;
    private final List<LoopbackIdp> idps = new ArrayList<>();

    Stage(Path directory) {
        this.directory = directory;
    }

    /** Started here, closed with the stage. */
    LoopbackIdp started(LoopbackIdp idp) {
        idps.add(idp);
        return idp;
    }

    /** Attaches a policy, beside those that are there. */
    FederationPolicy policy(String issuer, String audience, String subject) {
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .build();
        databricks.policy(principal, policy);
        return policy;
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    /** What comes of an exchange that must fail. */
    FederationException failure(IdpTokenSource source) {
        DatabricksTokenExchanger exchanger = exchanger(source);
        return caught(() -> exchanger.tokenFor(principal));
    }

    /** What is said of an exchange that must fail. */
    Problem refused(IdpTokenSource source) {
        return failure(source).problem();
    }

    /** A JWT with these claims, and a policy that says something else. */
    Problem refused(Map<String, Object> claims, String issuer, String audience, String subject) {
        policy(issuer, audience, subject);
        return refused(source(claims));
    }

    static Problem thrown(ThrowingCallable mistake) {
        return caught(mistake).problem();
    }

    static FederationException caught(ThrowingCallable mistake) {
        Throwable thrown = catchThrowable(mistake);
        assertThat(thrown).isInstanceOf(FederationException.class);
        return (FederationException) thrown;
    }

    /** The claims of a JWT that ends in some decades; null leaves one out. */
    static Map<String, Object> claims(@Nullable String issuer, @Nullable String audience, @Nullable String subject) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("exp", 4_000_000_000L);
        if (issuer != null) {
            claims.put("iss", issuer);
        }
        if (audience != null) {
            claims.put("aud", audience);
        }
        if (subject != null) {
            claims.put("sub", subject);
        }
        return claims;
    }

    static IdpTokenSource source(Map<String, Object> claims) {
        String jwt = jwt("RS256", claims);
        return () -> IdpToken.parse(jwt);
    }

    /** Its signature is nobody's: it is refused before anybody looks. */
    static String jwt(String algorithm, Map<String, Object> claims) {
        return encoded(Map.of("alg", algorithm, "kid", "key-1")) + "." + encoded(claims) + ".c2lnbmF0dXJl";
    }

    private static String encoded(Map<String, Object> json) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(new ObjectMapper().writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        idps.forEach(LoopbackIdp::close);
        databricks.close();
    }
}
