// SPDX-License-Identifier: Apache-2.0
package keycloak;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Keycloak} of this run, started by the first that asks and stopped after the last. */
public final class WithKeycloak implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Keycloak.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WithKeycloak.class))
                .computeIfAbsent(Keycloak.class, key -> Keycloak.unpackedByTheBuild(), Keycloak.class);
    }
}
