// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An identity provider that counts, a workspace on loopback that counts, and an exchanger between them under one clock. */
final class Loopback implements AutoCloseable {
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration SECOND = Duration.ofSeconds(1);

    /** After any token of an hour is due for renewal, and long before it ends. */
    static final Duration DUE = Duration.ofMinutes(46);

    static final ServicePrincipal WEST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001");
    static final ServicePrincipal EAST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0002");
    static final ServicePrincipal NORTH = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0003");

    final FakeClocks time = new FakeClocks();
    final CountingSource source = new CountingSource(time, HOUR);
    final LoopbackTokenEndpoint databricks;
    final List<TokenEvent> events = new CopyOnWriteArrayList<>();

    Loopback() {
        try {
            databricks = new LoopbackTokenEndpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All attempts run on the caller's thread: what is due is done when the call returns. */
    DatabricksTokenExchanger onTheSpot() {
        return builder().executor(Runnable::run).build();
    }

    DatabricksTokenExchangerBuilder builder() {
        return bare().idpTokenSource(source);
    }

    DatabricksTokenExchangerBuilder bare() {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.url())
                .clocks(time.clocks())
                .listener(this::add);
    }

    /** Not the skew of the clocks: the endpoint's dates are of today, and the test's time is not. */
    private void add(TokenEvent event) {
        if (!(event instanceof TokenEvent.ClockSkewDetected)) {
            events.add(event);
        }
    }

    /** A user's JWT, which ends in an hour. */
    IdpToken userJwt() {
        return source.issue(HOUR);
    }

    <E extends TokenEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static IdpTokenSource failing(ErrorCode code) {
        return () -> {
            throw new IdpTokenException(Problem.of(code, "as the test says"));
        };
    }

    static FederationException failureFor(DatabricksTokenExchanger exchanger, ServicePrincipal principal) {
        FederationException failure =
                catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(principal));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Override
    public void close() {
        databricks.close();
    }
}
