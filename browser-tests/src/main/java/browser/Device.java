// SPDX-License-Identifier: Apache-2.0
package browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What somebody holds in their hands. */
public enum Device {
    DESKTOP(1280, 900, ColorScheme.LIGHT),
    DESKTOP_IN_THE_DARK(1280, 900, ColorScheme.DARK),
    PHONE(360, 740, ColorScheme.LIGHT);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Device(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }

    /** Settled, so that a picture does not depend on the machine or the moment. */
    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setHasTouch(this == PHONE)
                .setIsMobile(this == PHONE)
                .setLocale("en-GB")
                .setTimezoneId("UTC");
    }
}
