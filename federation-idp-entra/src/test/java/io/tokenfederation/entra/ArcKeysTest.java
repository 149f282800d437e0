// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArcKeysTest {
    private static final Map<String, String> PROGRAM_DATA = Map.of("ProgramData", "D:\\Data");

    @Test
    void windowsKeepsTheKeysInItsProgramData() {
        assertThat(ArcKeys.directoryOn("Windows Server 2022", PROGRAM_DATA))
                .isEqualTo(Path.of("D:\\Data", "AzureConnectedMachineAgent", "Tokens"));
        assertThat(ArcKeys.directoryOn("Windows Server 2022", Map.of()))
                .isEqualTo(Path.of("C:\\ProgramData", "AzureConnectedMachineAgent", "Tokens"));
    }

    /** A variable of this name, which anybody can set, must not say which files are read and sent. */
    @Test
    void variableOfWindowsMeansNothingElsewhere() {
        assertThat(ArcKeys.directoryOn("Linux", PROGRAM_DATA)).isEqualTo(Path.of("/var/opt/azcmagent/tokens"));
    }
}
