// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the workload identity webhook of AKS puts into a pod's environment.
 *
 * @param tenant the tenant's id
 * @param clientId the application's client id
 * @param authority the cloud's sign-in address, where it is set
 * @param tokenFile the projected token
 */
record WorkloadIdentity(String tenant, String clientId, Optional<String> authority, TokenFile tokenFile) {
    static WorkloadIdentity of(Map<String, String> environment) {
        return new WorkloadIdentity(
                required(environment, "AZURE_TENANT_ID"),
                required(environment, "AZURE_CLIENT_ID"),
                variable(environment, "AZURE_AUTHORITY_HOST"),
                new TokenFile(Path.of(required(environment, "AZURE_FEDERATED_TOKEN_FILE"))));
    }

    /** {@return the cloud whose sign-in address is set; empty if none is, or that of no known cloud} */
    Optional<EntraCloud> cloud() {
        return authority.flatMap(EntraCloud::of);
    }

    private static String required(Map<String, String> environment, String name) {
        return variable(environment, name)
                .orElseThrow(() -> new IllegalStateException(name + " is not set: label the pod"
                        + " azure.workload.identity/use: \"true\", and annotate its service account with"
                        + " azure.workload.identity/client-id"));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
