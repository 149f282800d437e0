// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

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
    private LoopbackManagedIdentity() {}

    /**
     * Starts the instance metadata service of a virtual machine.
     *
     * @param entra the tenant whose tokens it hands out
     * @return the endpoint, to be closed
     */
    public static LoopbackManagedIdentity imds(LoopbackIdp entra) {
        return Later.yet(new LoopbackManagedIdentity());
    }

    /**
     * Starts the endpoint of App Service and Functions, which wants the header of {@link #environment()}.
     *
     * @param entra the tenant whose tokens it hands out
     * @return the endpoint, to be closed
     */
    public static LoopbackManagedIdentity appService(LoopbackIdp entra) {
        return Later.yet(new LoopbackManagedIdentity());
    }

    /**
     * Starts the endpoint of an Azure Arc machine, which challenges each request to read a file only its administrator can.
     *
     * @param entra the tenant whose tokens it hands out
     * @param keyDirectory where the challenge files are written
     * @return the endpoint, to be closed
     */
    public static LoopbackManagedIdentity arc(LoopbackIdp entra, Path keyDirectory) {
        return Later.yet(new LoopbackManagedIdentity());
    }

    /**
     * Assigns one more identity to the machine, which a request must name by {@code client_id} to get.
     *
     * @param clientId the identity's client id
     * @return this
     */
    public LoopbackManagedIdentity userAssigned(String clientId) {
        return Later.yet(this);
    }

    /** {@return where tokens are asked for} */
    public URI endpoint() {
        return Later.yet(URI.create("/"));
    }

    /** {@return the {@code sub} of the tokens of the machine's own identity; of the others it is {@code entra.subjectOf(clientId)}} */
    public String subject() {
        return Later.yet("");
    }

    /** {@return the environment variables that a program on such a machine finds} */
    public Map<String, String> environment() {
        return Later.yet(Map.<String, String>of());
    }

    /** {@return how the endpoint is to fail} */
    public Faults faults() {
        return Later.yet(new Faults(wait -> Reply.empty(429)));
    }

    /** {@return how many requests came in, failed ones and challenges included} */
    public long requests() {
        return Later.yet(0L);
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        Later.yet(this);
    }
}
