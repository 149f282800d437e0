// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.tokenfederation.DatabricksToken;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of all published modules together; what the compiler cannot see. */
class ArchitectureTest {
    private static final String[] HIDDEN = {"com.nimbusds..", "com.fasterxml..", "net.minidev.."};
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tokenfederation");

    @Test
    void allModulesAreLookedAt() {
        assertThat(OURS.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "io.tokenfederation",
                        "io.tokenfederation.internal",
                        "io.tokenfederation.auth0",
                        "io.tokenfederation.okta",
                        "io.tokenfederation.entra",
                        "io.tokenfederation.mcp",
                        "io.tokenfederation.policy",
                        "io.tokenfederation.doctor",
                        "io.tokenfederation.databrickssdk",
                        "io.tokenfederation.jdbc",
                        "io.tokenfederation.mcpsdk",
                        "io.tokenfederation.deltasharing",
                        "io.tokenfederation.testkit",
                        "io.tokenfederation.workload");
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(packageOfEach()).should().beFreeOfCycles().check(OURS);
    }

    @Test
    void internalKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("io.tokenfederation.internal..")
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.tokenfederation.."))
                        .and(DescribedPredicate.not(resideInAPackage("io.tokenfederation.internal.."))))
                .check(OURS);
    }

    @Test
    void coreKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("io.tokenfederation")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.tokenfederation.auth0..",
                        "io.tokenfederation.okta..",
                        "io.tokenfederation.entra..",
                        "io.tokenfederation.mcp..",
                        "io.tokenfederation.policy..",
                        "io.tokenfederation.doctor..",
                        "io.tokenfederation.databrickssdk..",
                        "io.tokenfederation.jdbc..",
                        "io.tokenfederation.mcpsdk..",
                        "io.tokenfederation.deltasharing..",
                        "io.tokenfederation.testkit..",
                        "io.tokenfederation.workload.."))
                .check(OURS);
    }

    /** The SDK and the driver are heavy: who does not ask for them has none of it. */
    @Test
    void onlyTheAdaptersKnowWhatTheyAdaptTo() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tokenfederation.databrickssdk..", "io.tokenfederation.jdbc..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.databricks..", "com.zaxxer.."))
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tokenfederation.mcpsdk..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.modelcontextprotocol..", "reactor..", "org.reactivestreams.."))
                .check(OURS);
    }

    @Test
    void publicSignaturesShowNoOneElsesTypes() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage("io.tokenfederation.internal..")
                .should(showOnlyOwnTypes())
                .check(OURS);
    }

    /** What extends Jackson's own types is so by them; it reads data, and holds none. */
    @Test
    void nothingButExceptionsAndEnumsIsSerializable() {
        noClasses()
                .that()
                .areNotAssignableTo(Throwable.class)
                .and()
                .areNotEnums()
                .and()
                .areNotAssignableTo(Enum.class)
                .and(not(assignableTo(resideInAPackage("com.fasterxml.jackson.."))))
                .and()
                .areNotAnonymousClasses()
                .should()
                .beAssignableTo(Serializable.class)
                .check(OURS);
    }

    /** Invariant 9: a comparison that stops at the first difference tells how much of a guess is right. */
    @Test
    void tokensAreComparedInConstantTime() {
        JavaClass token = OURS.get(DatabricksToken.class);

        assertThat(token.getMethod("equals", Object.class).getMethodCallsFromSelf())
                .anyMatch(call -> call.getTarget().getOwner().isEquivalentTo(MessageDigest.class)
                        && call.getTarget().getName().equals("isEqual"))
                .noneMatch(call -> call.getTarget().getOwner().isEquivalentTo(String.class)
                        && call.getTarget().getName().equals("equals"));
    }

    /** One class may: the program's own, which is started from a console and by nobody's code. */
    @Test
    void libraryWritesToNoConsole() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.tokenfederation.doctor.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(OURS);
    }

    @Test
    void nothingRunsOnTheCommonPool() {
        noClasses()
                .should()
                .callMethod(ForkJoinPool.class, "commonPool")
                .orShould()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .orShould()
                .callMethod(CompletableFuture.class, "supplyAsync", java.util.function.Supplier.class)
                .check(OURS);
    }

    @Test
    void classesAreFinalSealedOrMeantToBeExtended() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveFullyQualifiedName("io.tokenfederation.FederatedCallException")
                .should(new ArchCondition<>("be final, sealed or an enum's body") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                                || type.reflect().isSealed()
                                || Enum.class.isAssignableFrom(type.reflect())
                                || type.getSimpleName().equals("package-info");
                        events.add(new SimpleConditionEvent(type, closed, type.getName() + " can be extended"));
                    }
                })
                .check(OURS);
    }

    private static ArchCondition<JavaClass> showOnlyOwnTypes() {
        DescribedPredicate<JavaClass> hidden = resideInAnyPackage(HIDDEN);
        return new ArchCondition<>("have no type of a library in a public signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isReachable(type)) {
                    return;
                }
                type.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit))
                        .filter(unit -> Stream.concat(
                                        unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                                .anyMatch(hidden))
                        .forEach(unit -> events.add(SimpleConditionEvent.violated(unit, unit.getFullName())));
                type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE))
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC)
                                || field.getModifiers().contains(JavaModifier.PROTECTED))
                        .filter(field -> hidden.test(field.getRawType()))
                        .forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getFullName())));
                Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
                        .filter(hidden)
                        .forEach(up -> events.add(SimpleConditionEvent.violated(type, type + " is a " + up)));
            }
        };
    }

    /** A record inside a package-private interface is public in name only. */
    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isReachable).orElse(true);
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static SliceAssignment packageOfEach() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("io.tokenfederation")
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "each package";
            }
        };
    }
}
