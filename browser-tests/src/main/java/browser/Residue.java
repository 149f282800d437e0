// SPDX-License-Identifier: Apache-2.0
package browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** What a page has left in storage, cookies, address, DOM and global names. */
public final class Residue {
    private record Item(String place, String text) {}

    private final List<Item> items;

    private Residue(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** Looks at a page, and at the cookies that no script sees. */
    static Residue of(Page page) {
        List<Item> items = new ArrayList<>();
        for (Object pair : (List<?>) page.evaluate(script("/browser/residue.js"))) {
            List<?> entry = (List<?>) pair;
            items.add(new Item((String) entry.get(0), (String) entry.get(1)));
        }
        for (Cookie cookie : page.context().cookies()) {
            items.add(new Item("cookie", cookie.name + "=" + cookie.value));
        }
        return new Residue(items);
    }

    /** {@return the places that hold what looks like a JWT} */
    public List<String> jwts() {
        return places(Secret::looksLikeJwt);
    }

    /** {@return the places that hold the secret} */
    public List<String> places(Secret secret) {
        return places(secret::isIn);
    }

    /** {@return the places that were looked at and hold anything, each once} */
    public List<String> places() {
        return items.stream().map(Item::place).distinct().toList();
    }

    private List<String> places(Predicate<String> holds) {
        return items.stream()
                .filter(item -> holds.test(item.text()))
                .map(Item::place)
                .distinct()
                .toList();
    }

    static String script(String resource) {
        try (InputStream in = Objects.requireNonNull(Residue.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
