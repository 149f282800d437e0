// SPDX-License-Identifier: Apache-2.0
package browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Visit} each, in the one {@link Chromium} of this run. When a test has failed, {@code
 * target/screenshots} shows what its browser showed, and tells what its console and its network told, without tokens.
 */
public final class WithChromium implements ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(WithChromium.class);

    /** The visits of one test. */
    private static final class Visits implements AutoCloseable {
        private final List<Visit> open = new ArrayList<>();

        @Override
        public void close() {
            open.forEach(Visit::close);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Device device = parameter.findAnnotation(On.class).map(On::value).orElse(Device.DESKTOP);
        Visit visit = chromium(context).visit(device);
        visits(context).open.add(visit);
        return visit;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isEmpty()) {
            return;
        }
        String test = "failed-" + context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        int number = 0;
        for (Visit visit : visits(context).open) {
            String name = test + "-" + ++number;
            visit.picture(name);
            Files.writeString(Path.of("target", "screenshots", name + ".txt"), visit.story());
        }
    }

    private static Chromium chromium(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    }

    private static Visits visits(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Visits.class, key -> new Visits(), Visits.class);
    }
}
