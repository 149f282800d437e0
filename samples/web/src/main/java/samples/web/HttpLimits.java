// SPDX-License-Identifier: Apache-2.0
package samples.web;

/** What the JDK's server has no setting for but system properties, which it reads once, when its first class is loaded. */
final class HttpLimits {
    private HttpLimits() {}

    /** To be called before any server of this JVM starts; what is set already stays. */
    static void set() {
        // Seconds until a connection is closed whose request, or whose answer, is not through.
        set("sun.net.httpserver.maxReqTime", "10");
        set("sun.net.httpserver.maxRspTime", "120");
        // Without this, the second packet of an answer waits 40 ms for the browser's acknowledgement of the first.
        set("sun.net.httpserver.nodelay", "true");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
