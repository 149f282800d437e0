// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a {@link FederationDoctorBuilder} was told, for good. */
final class Setup {
    final IdpTokenSource idpTokenSource;
    final URI workspace;
    final Map<String, ServicePrincipal> roles;
    final Map<String, List<String>> groups;
    final Optional<GroupFunction> groupFunction;
    final Optional<String> warehouse;
    final Optional<String> genieSpace;
    final Optional<URI> mcpServer;
    final Optional<FederationDoctorBuilder.Account> account;
    final Optional<DatabricksTokenSource> administrator;
    final Optional<FederationPolicy> expectedPolicy;
    final boolean keysPinned;
    final Optional<Map<String, String>> environment;
    final Duration requestTimeout;
    final Duration warehousePatience;
    final Consumer<? super Progress> progress;
    final InstantSource clock;

    /** Between two looks at a statement that is under way. */
    final Runnable pause;

    Setup(IdpTokenSource idpTokenSource, URI workspace, FederationDoctorBuilder told) {
        this.idpTokenSource = idpTokenSource;
        this.workspace = workspace;
        this.roles = InOrder.copyOf(told.roles);
        this.groups = InOrder.copyOf(told.groups);
        this.groupFunction = told.groupFunction;
        this.warehouse = told.warehouse;
        this.genieSpace = told.genieSpace;
        this.mcpServer = told.mcpServer;
        this.account = told.account;
        this.administrator = told.administrator;
        this.expectedPolicy = told.expectedPolicy;
        this.keysPinned = told.keysPinned;
        this.environment = told.environment;
        this.requestTimeout = told.requestTimeout;
        this.warehousePatience = told.warehousePatience;
        this.progress = told.progress;
        this.clock = told.clock;
        this.pause = told.pause;
    }

    /** {@return whether this is an exercise on one machine, where no address need be public} */
    boolean onStandIns() {
        return HttpTransport.isLoopback(workspace.getHost());
    }
}
