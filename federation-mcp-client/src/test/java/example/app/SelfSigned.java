// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for 127.0.0.1, whose one side shows the certificate that the other trusts. */
final class SelfSigned {
    private static final String PASSWORD = "changeit";

    private static final List<String> CERTIFICATE = List.of(
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12");

    private SelfSigned() {}

    /** For both sides, with a new key. */
    static SSLContext context(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = keys(directory.resolve("keys.p12"));
        // A key entry is not trusted by itself.
        keys.setCertificateEntry("trusted", keys.getCertificate("server"));
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** The JDK makes certificates by this command only. */
    private static KeyStore keys(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        List<String> command = new ArrayList<>(CERTIFICATE);
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        Process making = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (making.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
