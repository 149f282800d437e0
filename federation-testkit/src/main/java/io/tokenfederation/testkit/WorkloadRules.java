// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the job, pipeline or virtual machine is that a runtime's token service issues tokens to.
 *
 * <pre>{@code
 * try (LoopbackIdp github = LoopbackIdp.gitHubActions().start()) {
 *     WorkloadRules.of(github).subject("repo:acme/etl:environment:prod");
 *     Map<String, String> environment = github.environment(); // ACTIONS_ID_TOKEN_REQUEST_URL, …_TOKEN
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class WorkloadRules {
    private final Map<String, String> serviceConnections = new ConcurrentHashMap<>();
    private volatile Optional<String> subject = Optional.empty();

    WorkloadRules() {}

    /**
     * The rules of a runtime.
     *
     * @param idp one that {@link LoopbackIdp#gitHubActions()}, {@link LoopbackIdp#azureDevOps()} or
     *     {@link LoopbackIdp#googleMetadata()} made
     * @return its rules
     * @throws IllegalArgumentException if it is of another kind
     */
    public static WorkloadRules of(LoopbackIdp idp) {
        return idp.server().rules(WorkloadRules.class);
    }

    /**
     * Sets who the workload is. Default: {@code repo:acme/etl:ref:refs/heads/main}, {@code p://acme/data/etl} or
     * {@code 100000000000000000001}.
     *
     * @param subject the {@code sub} of its tokens
     * @return this
     */
    public WorkloadRules subject(String subject) {
        this.subject = Optional.of(subject);
        return this;
    }

    /**
     * Adds a service connection of Azure DevOps: a token asked for with its id has {@code sub}
     * {@code sc://organization/project/name}.
     *
     * @param id the value of {@code serviceConnectionId}
     * @param name the connection's name
     * @return this
     */
    public WorkloadRules serviceConnection(String id, String name) {
        serviceConnections.put(requireNonNull(id, "id"), requireNonNull(name, "name"));
        return this;
    }

    Optional<String> serviceConnection(String id) {
        return Optional.ofNullable(serviceConnections.get(id));
    }

    String subjectOr(String usual) {
        return subject.orElse(usual);
    }
}
