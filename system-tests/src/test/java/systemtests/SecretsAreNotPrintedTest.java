// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds every record that can hold a secret, and reads what it prints. A plain record prints all it has. */
class SecretsAreNotPrintedTest {
    private static final String CANARY = "canary7c1f0e5d";
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(value|jwt|password|body|.*(token|secret|assertion|bearer|credential|form))");

    static Stream<Class<?>> recordsWithASecret() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.tokenfederation")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type ->
                                Arrays.stream(type.getRecordComponents()).anyMatch(SecretsAreNotPrintedTest::isSecret));
    }

    @ParameterizedTest
    @MethodSource("recordsWithASecret")
    void recordThatCanHoldASecretDoesNotPrintIt(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);

        Object made = constructor.newInstance(Arrays.stream(components)
                .map(SecretsAreNotPrintedTest::argument)
                .toArray());

        assertThat(made.toString()).as(type.getName()).doesNotContain(CANARY);
    }

    private static boolean isSecret(RecordComponent component) {
        return component.getType() == String.class
                && SECRET_NAME.matcher(component.getName()).matches();
    }

    private static Object argument(RecordComponent component) {
        if (component.getType() == String.class) {
            return isSecret(component) ? CANARY : "word";
        }
        return Stream.<Object>of(
                        false,
                        1,
                        1L,
                        Optional.empty(),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        Duration.ofHours(1),
                        Instant.EPOCH,
                        URI.create("https://example.com"))
                .filter(value -> wrapped(component.getType()).isInstance(value))
                .findFirst()
                .orElse(null);
    }

    private static Class<?> wrapped(Class<?> type) {
        if (type == boolean.class) {
            return Boolean.class;
        }
        if (type == int.class) {
            return Integer.class;
        }
        return type == long.class ? Long.class : type;
    }
}
