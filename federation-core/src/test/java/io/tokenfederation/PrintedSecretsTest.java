// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import example.app.Jwts;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.TokenReply;
import io.tokenfederation.internal.UnusableFileException;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be built from a secret does not print it; new classes are found by themselves. */
final class PrintedSecretsTest {
    private static final String CANARY = "canary-4711";
    private static final String JWT = Jwts.signed(new JWTClaimsSet.Builder(
                    Jwts.claims(Instant.parse("2030-01-01T00:00:00Z")).build())
            .claim("email", CANARY));

    /** Texts that are there to be read, and claims; what a server said is scrubbed before it gets there. */
    private static final Set<Class<?>> TEXTS = Set.of(
            Problem.class,
            ErrorReply.class,
            ErrorText.class,
            NearMiss.class,
            NearMiss.Found.class,
            ResolvedRole.class,
            TokenReply.Unreadable.class,
            RefusalTable.Row.class,
            UnusableFileException.class);

    /** Their factories refuse the canary; what their messages quote has tests of its own. */
    private static final Set<Class<?>> READ_FROM_TEXT = Set.of(
            ServicePrincipal.class,
            IdpToken.class,
            DatabricksHost.class,
            SigningKey.class,
            PemKey.class,
            PresentedToken.class);

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, CANARY),
            Map.entry(Object.class, IdpToken.parse(JWT)),
            Map.entry(byte[].class, CANARY.getBytes(StandardCharsets.UTF_8)),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(boolean.class, true),
            Map.entry(URI.class, URI.create("https://example.com")),
            Map.entry(Duration.class, Duration.ofHours(1)),
            Map.entry(Instant.class, Instant.parse("2030-01-01T00:00:00Z")),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(Set.class, Set.of("all-apis")),
            Map.entry(Map.class, Map.of("iss", "i", "sub", "s", "email", CANARY, "canary", CANARY)),
            Map.entry(HttpHeaders.class, HttpHeaders.of(Map.of("x", List.of(CANARY)), (name, value) -> true)),
            Map.entry(ServicePrincipal.class, ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede")),
            Map.entry(
                    VerifiedClaims.class,
                    VerifiedClaims.alreadyVerified(Map.of("iss", "i", "sub", "s", "email", CANARY))),
            Map.entry(IdpToken.class, IdpToken.parse(JWT)),
            Map.entry(ErrorReply.class, new ErrorReply("error", "description", true)),
            Map.entry(Problem.class, Problem.of(ErrorCode.IDP_REFUSED, "refused")));

    static List<Class<?>> classes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(TokenCell.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (!name.endsWith("package-info")) {
                    found.add(Class.forName(name, false, TokenCell.class.getClassLoader()));
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void whatIsBuiltFromASecretDoesNotPrintIt(Class<?> type) throws ReflectiveOperationException {
        if (TEXTS.contains(type)) {
            return;
        }
        for (Object built : builtFromSamples(type)) {
            assertThat(built.toString()).doesNotContain(CANARY).doesNotContain(JWT);
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void whatIsNoExceptionCannotBeSerialised(Class<?> type) {
        if (!Throwable.class.isAssignableFrom(type) && !Enum.class.isAssignableFrom(type)) {
            assertThat(Serializable.class.isAssignableFrom(type)).isFalse();
        }
    }

    @Test
    void secretsAreReallyBuiltIn() throws ReflectiveOperationException {
        assertThat(builtFromSamples(DatabricksToken.class)).isNotEmpty();
        assertThat(builtFromSamples(TokenReply.Issued.class)).isNotEmpty();
        assertThat(builtFromSamples(VerifiedClaims.class)).isNotEmpty();
        assertThat(builtFromSamples(Caller.class)).isNotEmpty();
        assertThat(builtFromSamples(TokenExchangeException.class)).isNotEmpty();
    }

    private static List<Object> builtFromSamples(Class<?> type) throws ReflectiveOperationException {
        List<Object> built = new ArrayList<>();
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type.isEnum()) {
            return built;
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (samplesFitTo(constructor) && !Modifier.isPrivate(constructor.getModifiers())) {
                constructor.setAccessible(true);
                built.add(constructor.newInstance(samplesFor(constructor)));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            boolean factory = Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == type
                    && method.getParameterCount() > 0;
            if (factory && samplesFitTo(method) && !READ_FROM_TEXT.contains(type)) {
                method.setAccessible(true);
                built.add(method.invoke(null, samplesFor(method)));
            }
        }
        return built;
    }

    private static boolean samplesFitTo(Executable factory) {
        return !factory.isSynthetic() && Stream.of(factory.getParameterTypes()).allMatch(SAMPLES::containsKey);
    }

    private static Object[] samplesFor(Executable factory) {
        return Stream.of(factory.getParameterTypes()).map(SAMPLES::get).toArray();
    }
}
