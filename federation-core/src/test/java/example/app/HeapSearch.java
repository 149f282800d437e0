// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Looks for secrets among the live objects of this process, without being the one who holds them. */
final class HeapSearch {
    private static final byte MASK = 0x55;
    private static final int LONGEST = 256;

    private final Path directory;
    private final ConcurrentHashMap<String, byte[]> masked = new ConcurrentHashMap<>();
    private int dumps;

    HeapSearch(Path directory) {
        this.directory = directory;
    }

    static boolean available() {
        return ManagementFactory.getPlatformMBeanServer().isRegistered(bean());
    }

    /** Keeps what it needs to find the secret again, in a form that the search does not find. */
    void remember(String name, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= MASK;
        }
        masked.put(name, bytes);
    }

    /** {@return the names of those secrets that a live object holds, as bytes or as characters} */
    Set<String> found() throws IOException, JMException {
        Path dump = directory.resolve("heap-" + dumps++ + ".hprof");
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        beans.invoke(bean(), "dumpHeap", new Object[] {dump.toString(), true}, new String[] {
            String.class.getName(), boolean.class.getName()
        });
        try (FileChannel file = FileChannel.open(dump)) {
            return search(file);
        } finally {
            Files.delete(dump);
        }
    }

    private Set<String> search(FileChannel file) throws IOException {
        List<Needle> needles = new ArrayList<>();
        masked.forEach((name, bytes) -> needles.addAll(Needle.of(name, bytes)));
        Set<String> found = new LinkedHashSet<>();
        long step = 1L << 30;
        for (long from = 0; from < file.size(); from += step) {
            long size = Math.min(step + LONGEST, file.size() - from);
            search(file.map(FileChannel.MapMode.READ_ONLY, from, size), needles, found);
        }
        return found;
    }

    private static void search(MappedByteBuffer heap, List<Needle> needles, Set<String> found) {
        List<List<Needle>> byFirst = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            int wanted = first;
            byFirst.add(needles.stream()
                    .filter(each -> (each.bytes[0] & 0xff) == wanted)
                    .toList());
        }
        for (int at = 0; at < heap.limit(); at++) {
            for (Needle needle : byFirst.get(heap.get(at) & 0xff)) {
                if (needle.isAt(heap, at)) {
                    found.add(needle.name);
                }
            }
        }
    }

    private static ObjectName bean() {
        try {
            return new ObjectName("com.sun.management:type=HotSpotDiagnostic");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Needle {
        private final String name;
        private final byte[] bytes;

        private Needle(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        static List<Needle> of(String name, byte[] masked) {
            byte[] plain = new byte[masked.length];
            byte[] little = new byte[2 * masked.length];
            byte[] big = new byte[2 * masked.length];
            for (int i = 0; i < masked.length; i++) {
                plain[i] = (byte) (masked[i] ^ MASK);
                little[2 * i] = plain[i];
                big[2 * i + 1] = plain[i];
            }
            return List.of(new Needle(name, plain), new Needle(name, little), new Needle(name, big));
        }

        boolean isAt(MappedByteBuffer heap, int at) {
            if (at + bytes.length > heap.limit()) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (heap.get(at + i) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
