// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The server, in a JVM of its own. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    ServerProcess() {
        try {
            process = java(PlainServer.class);
            port = Integer.parseInt(firstLine(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** How many connections clients hold open. */
    int connections() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /open HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(reply.substring(reply.indexOf("\r\n\r\n") + 4));
        }
    }

    /** A JVM as this one is, running one of these programs; what it complains of is seen. */
    static Process java(Class<?> program, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), program.getName());
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(Redirect.INHERIT).start();
    }

    static String firstLine(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the process said nothing");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
