// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Map;

/**
 * What a serving endpoint of a {@link LoopbackDatabricks} answers.
 *
 * <pre>{@code
 * databricks.serving().endpoint("echo", (caller, request) -> Map.of("predictions", List.of(caller)));
 * }</pre>
 *
 * <p>Called by several threads at once.
 */
@FunctionalInterface
public interface ServedModel {
    /**
     * Answers one invocation.
     *
     * @param currentUser on whose behalf: a service principal's application id, or a user's name
     * @param request the request's JSON, as maps, lists, strings, numbers and booleans
     * @return the reply's JSON, such as {@code predictions} or {@code choices}
     */
    Map<String, Object> answer(String currentUser, Map<String, Object> request);
}
