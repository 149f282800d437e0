// SPDX-License-Identifier: Apache-2.0
package systemtests;

import io.tokenfederation.IdpToken;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds whatever a class's constructors and factories build, from a secret wherever one can go in: by the name of a
 * parameter, and in each map, as environments and headers are.
 */
final class SecretSamples {
    static final String CANARY = "canary7c1f0e5d";

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(value|jwt|password|body|header|.*(token|secret|assertion|bearer|credential|form)s?)");

    /** Names of secrets' places, which are no secrets. */
    private static final Pattern PLACE_NAME = Pattern.compile("(?i).*(endpoint|url|uri|file|type|name|path)$");

    /** They make a file of that name as soon as they are there; neither holds a secret. */
    private static final Set<String> FILES = Set.of("io.tokenfederation.doctor.JUnitFile");

    /** Its signature is the secret: whoever has it can use the JWT; the claims may be read. */
    private static final IdpToken JWT = IdpToken.parse(encoded("{\"alg\":\"RS256\"}") + "."
            + encoded("{\"iss\":\"https://idp.example.com\",\"sub\":\"s\",\"aud\":\"a\",\"exp\":4102444800}") + "."
            + CANARY);

    private static final int DEPTH = 3;

    private SecretSamples() {}

    /** {@return what could be built; what refuses the samples is left out} */
    static List<Object> builtFrom(Class<?> type) {
        return built(type, DEPTH).toList();
    }

    private static Stream<Object> built(Class<?> type, int depth) {
        if (FILES.contains(type.getName())
                || type.isInterface()
                || Enum.class.isAssignableFrom(type)
                || Modifier.isAbstract(type.getModifiers())) {
            return Stream.of();
        }
        Stream<Constructor<?>> constructors = Stream.of(type.getDeclaredConstructors());
        Stream<Method> factories = Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type);
        return Stream.<Executable>concat(constructors, factories)
                .filter(factory -> factory.getParameterCount() > 0 && !factory.isSynthetic())
                .flatMap(factory -> builtBy(factory, depth).stream());
    }

    private static Optional<Object> builtBy(Executable factory, int depth) {
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : factory.getParameters()) {
            Optional<Object> sample = sample(parameter, depth);
            if (sample.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(sample.get());
        }
        try {
            factory.setAccessible(true);
            return Optional.ofNullable(
                    factory instanceof Constructor<?> constructor
                            ? constructor.newInstance(arguments.toArray())
                            : ((Method) factory).invoke(null, arguments.toArray()));
        } catch (InvocationTargetException e) {
            // It refuses what is no JWT, URL and so on; what its message quotes has tests of its own.
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Optional<Object> sample(Parameter parameter, int depth) {
        Class<?> type = parameter.getType();
        boolean texts = parameter.getParameterizedType().getTypeName().contains("java.lang.String");
        String name = parameter.getName();
        boolean secret = texts
                && SECRET_NAME.matcher(name).matches()
                && !PLACE_NAME.matcher(name).matches();
        String text = secret ? CANARY : "word";
        Object supplied = isOfTexts(parameter) ? List.of(text) : text;
        Optional<Object> known = Stream.<Object>of(
                        text,
                        CANARY.getBytes(StandardCharsets.UTF_8),
                        false,
                        200,
                        1L,
                        JWT,
                        secret ? Optional.of(text) : Optional.empty(),
                        texts ? Set.of(text) : Set.of(),
                        texts ? List.of(text) : List.of(),
                        holdsTexts(parameter) ? Map.of("IDENTITY_HEADER", CANARY) : Map.of(),
                        (Supplier<Object>) () -> supplied,
                        Duration.ofHours(1),
                        Instant.EPOCH,
                        InstantSource.system(),
                        URI.create("https://example.com"),
                        Path.of("token"),
                        HttpHeaders.of(Map.of("x", List.of(CANARY)), (header, value) -> true))
                .filter(sample -> boxed(type).isInstance(sample))
                .findFirst();
        return known.isPresent() ? known : ours(type, depth);
    }

    private static boolean isOfTexts(Parameter supplier) {
        return supplier.getParameterizedType().getTypeName().contains("java.util.List<java.lang.String>");
    }

    /** A text among values of another type would fail where it is read, not where it is printed. */
    private static boolean holdsTexts(Parameter map) {
        String type = map.getParameterizedType().getTypeName();
        return type.endsWith(", java.lang.String>") || type.endsWith(", java.lang.Object>");
    }

    private static Optional<Object> ours(Class<?> type, int depth) {
        if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[0]);
        }
        if (depth == 0 || !type.getName().startsWith("io.tokenfederation.")) {
            return Optional.empty();
        }
        Stream<Class<?>> kinds = type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type);
        return kinds.flatMap(kind -> built(kind, depth - 1)).findFirst();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == boolean.class) {
            return Boolean.class;
        }
        if (type == int.class) {
            return Integer.class;
        }
        return type == long.class ? Long.class : type;
    }
}
