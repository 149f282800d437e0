// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BindingTest {
    @Test
    void argumentThatCannotBeWrittenIsNamedAndNoOther() {
        Map<String, ?> arguments = Map.of("payment", List.of(Map.of("from", "hunter2"), Map.of("to", new Object())));

        assertThatThrownBy(() -> Binding.arguments(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the arguments cannot be written as JSON at .payment[1].to");
    }
}
