// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The endpoint by which Azure hands tokens to what runs on it, without a secret: managed identity.
 *
 * <pre>{@code
 * try (LoopbackIdp entra = LoopbackIdp.entra().start();
 *         LoopbackManagedIdentity identity = LoopbackManagedIdentity.imds(entra)) {
 *     entra.api("api://databricks");
 *     // GET identity.endpoint()?api-version=2018-02-01&resource=api://databricks with "Metadata: true"
 * }
 * }</pre>
 *
 * <p>Its tokens are those of the {@link LoopbackIdp#entra()} it is given: that one's issuer, keys, clock, forgery and
 * lifetime. Listens on 127.0.0.1 only. Thread-safe. For tests and samples only.
 */
public final class LoopbackManagedIdentity implements AutoCloseable {
    private static final String OWN_CLIENT_ID = Tenant.idFor("system-assigned identity");

    private final LoopbackHttp http = LoopbackHttp.start("loopback-managed-identity");
    private final ManagedIdentityHost host;
    private final EntraDialect entra;
    private final Faults faults = new Faults(LoopbackManagedIdentity::rateLimited);
    private final Set<String> userAssigned = ConcurrentHashMap.newKeySet();
    private final LongAdder requests;

    private LoopbackManagedIdentity(EntraDialect entra, ManagedIdentityHost host) {
        this.entra = entra;
        this.host = host;
        this.requests = http.on("GET", host.path(), faults, this::answer);
    }

    /**
     * Starts the instance metadata service of a virtual machine.
     *
     * @param entra the tenant whose tokens it hands out
     * @return the endpoint, to be closed
     * @throws IllegalArgumentException if that is no {@link LoopbackIdp#entra()}
     */
    public static LoopbackManagedIdentity imds(LoopbackIdp entra) {
        return new LoopbackManagedIdentity(dialect(entra), new ManagedIdentityHost.Imds());
    }

    /**
     * Starts the endpoint of App Service and Functions, which wants the header of {@link #environment()}.
     *
     * @param entra the tenant whose tokens it hands out
     * @return the endpoint, to be closed
     * @throws IllegalArgumentException if that is no {@link LoopbackIdp#entra()}
     */
    public static LoopbackManagedIdentity appService(LoopbackIdp entra) {
        String secret = UUID.randomUUID().toString();
        return new LoopbackManagedIdentity(dialect(entra), new ManagedIdentityHost.AppService(secret));
    }

    /**
     * Starts the endpoint of an Azure Arc machine, which challenges each request to read a file only its administrator can.
     *
     * @param entra the tenant whose tokens it hands out
     * @param keyDirectory where the challenge files are written
     * @return the endpoint, to be closed
     * @throws IllegalArgumentException if the first is no {@link LoopbackIdp#entra()}
     */
    public static LoopbackManagedIdentity arc(LoopbackIdp entra, Path keyDirectory) {
        return new LoopbackManagedIdentity(
                dialect(entra), new ManagedIdentityHost.Arc(requireNonNull(keyDirectory, "keyDirectory")));
    }

    /**
     * Assigns one more identity to the machine, which a request must name by {@code client_id} to get.
     *
     * @param clientId the identity's client id
     * @return this
     * @throws IllegalStateException if this is Azure Arc, which knows the machine's own identity only
     */
    public LoopbackManagedIdentity userAssigned(String clientId) {
        if (!host.takesUserAssigned()) {
            throw new IllegalStateException("Azure Arc machines have no user-assigned identities");
        }
        userAssigned.add(requireNonNull(clientId, "clientId"));
        return this;
    }

    /** {@return where tokens are asked for} */
    public URI endpoint() {
        return http.base().resolve(host.path());
    }

    /**
     * {@return the {@code sub} of the tokens of the machine's own identity; that of the others is
     * {@code entra.subjectOf(clientId)}}
     */
    public String subject() {
        return entra.subjectOf(OWN_CLIENT_ID);
    }

    /** {@return the environment variables that a program on such a machine finds} */
    public Map<String, String> environment() {
        return host.environment(http.base());
    }

    /** {@return how the endpoint is to fail} */
    public Faults faults() {
        return faults;
    }

    /** {@return how many requests came in, failed ones and challenges included} */
    public long requests() {
        return requests.sum();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
    }

    /** {@return the kind and the address} */
    @Override
    public String toString() {
        return "LoopbackManagedIdentity[" + host.getClass().getSimpleName() + " " + endpoint() + "]";
    }

    private static EntraDialect dialect(LoopbackIdp idp) {
        if (idp.server().dialect() instanceof EntraDialect dialect) {
            return dialect;
        }
        throw new IllegalArgumentException("managed identity needs LoopbackIdp.entra(); this is " + idp);
    }

    private Reply answer(HttpCall call) {
        host.admit(call);
        if (!call.parameter("api-version").equals(Optional.of(host.apiVersion()))) {
            throw host.refusal("The api-version must be " + host.apiVersion());
        }
        String resource = call.parameter("resource")
                .orElseThrow(() -> host.refusal("Required query variable 'resource' is missing"));
        String clientId = clientId(call);
        Map<String, Object> reply = new LinkedHashMap<>(
                entra.tokens().issue(clientId, resource, "2").asTexts());
        reply.put("client_id", clientId);
        if (host instanceof ManagedIdentityHost.AppService) {
            // It tells the time of the end, and no duration.
            reply.keySet().removeAll(Set.of("expires_in", "ext_expires_in", "not_before"));
        }
        return Reply.json(200, reply);
    }

    /** The identity that is asked for: by client id, by object id, or the machine's own. */
    private String clientId(HttpCall call) {
        Optional<String> byClientId = call.parameter("client_id");
        Optional<String> byObjectId = call.parameter("object_id").or(() -> call.parameter("principal_id"));
        if (byClientId.isEmpty() && byObjectId.isEmpty()) {
            return OWN_CLIENT_ID;
        }
        return Stream.concat(Stream.of(OWN_CLIENT_ID), userAssigned.stream())
                .filter(id -> byClientId.isEmpty() || byClientId.get().equals(id))
                .filter(id -> byObjectId.isEmpty() || byObjectId.get().equals(entra.subjectOf(id)))
                .findFirst()
                .orElseThrow(() -> host.refusal("Identity not found"));
    }

    private static Reply rateLimited(Duration retryAfter) {
        return Reply.json(429, Map.of("error", "too_many_requests", "error_description", "Too many requests"))
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
}
