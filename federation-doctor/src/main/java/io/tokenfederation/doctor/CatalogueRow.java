// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.MismatchCause;
import java.util.List;
import java.util.Set;

/**
 * One known mistake: what people see, what it comes from, how it is found, and what to do.
 *
 * <pre>{@code
 * Catalogue.forCode(failure.code()).forEach(row -> System.err.println(row.cause() + " " + row.remedy().fix()));
 * }</pre>
 *
 * @param id its stable name, a letter and a number: {@code G9}
 * @param symptom what people see, and where
 * @param cause what it comes from, one or two sentences
 * @param detection how it is found, and what it is called then
 * @param remedy what to do about it
 */
public record CatalogueRow(String id, Symptom symptom, String cause, Detection detection, Remedy remedy) {
    /** Where people look when it happens. */
    public enum Place {
        /** The browser, or the backend that reads a person's token. */
        LOGIN("A person logs in"),
        /** The answer of the identity provider, or of the runtime, to the request for the application's JWT. */
        IDENTITY_PROVIDER("The identity provider or the runtime gives no JWT, or none that can be exchanged"),
        /** The answer of Databricks to the exchange. */
        EXCHANGE("Databricks refuses the exchange"),
        /** A call with an exchanged token. */
        WORKSPACE("The exchange succeeds, and the call after it does not give what it should"),
        /** Works, and stops working. */
        LATER("It worked, and no longer does"),
        /** Settings, policies and what tools make of them. */
        SETTINGS("Settings, and policies that are being written");

        private final String title;

        Place(String title) {
            this.title = title;
        }

        /** {@return a heading for it} */
        public String title() {
            return title;
        }
    }

    /** By what a mistake is found. */
    public enum Means {
        /** The JWT and the settings tell, before anything is sent to Databricks. */
        LOCALLY("before anything is sent to Databricks"),
        /** The federation policy tells, where it can be read or is given. */
        WITH_THE_POLICY("exactly, where the policy is known"),
        /** What a server said tells. */
        FROM_THE_REPLY("from the server's answer"),
        /** Variables, files and clocks tell. */
        FROM_THE_SURROUNDINGS("from variables, files and clocks");

        private final String words;

        Means(String words) {
            this.words = words;
        }

        /** {@return the same in words, to follow "is found"} */
        public String words() {
            return words;
        }
    }

    /** What a row rests on. */
    public enum Basis {
        /** The vendor's own words, in its documentation or in a reply that was recorded. */
        RECORDED,
        /** A conclusion from other cases: no reply of this kind was recorded, so a real one may say it in other words. */
        INFERRED
    }

    /**
     * What people see.
     *
     * @param place where
     * @param text what, one sentence
     */
    public record Symptom(Place place, String text) {
        /**
         * Checks that all parts are there.
         *
         * @param place where
         * @param text what
         */
        public Symptom {
            requireNonNull(place, "place");
            requireNonNull(text, "text");
        }
    }

    /**
     * How a mistake is found.
     *
     * @param means by what; empty if it cannot be found here, and then {@code how} says why not
     * @param how what is looked at, one or two sentences
     * @param codes what exceptions and the doctor's checks call it; the first is the most exact
     * @param mismatches the causes that tell it from others with the same code; empty where the code is enough
     * @param basis what is known of the real thing
     */
    public record Detection(
            Set<Means> means, String how, List<String> codes, Set<MismatchCause> mismatches, Basis basis) {
        /**
         * Checks that all parts are there, and copies them.
         *
         * @param means by what
         * @param how what is looked at
         * @param codes what it is called
         * @param mismatches what decides besides
         * @param basis what is known of the real thing
         */
        public Detection {
            means = Set.copyOf(means);
            requireNonNull(how, "how");
            codes = List.copyOf(codes);
            mismatches = Set.copyOf(mismatches);
            requireNonNull(basis, "basis");
        }
    }

    /**
     * What to do about a mistake.
     *
     * @param fix what an operator changes, and where
     * @param example wrong and right, or what is set
     * @param seeAlso ids of rows that overlap with this one
     */
    public record Remedy(String fix, String example, List<String> seeAlso) {
        /**
         * Checks that all parts are there, and copies them.
         *
         * @param fix what to change
         * @param example wrong and right
         * @param seeAlso rows that overlap
         */
        public Remedy {
            requireNonNull(fix, "fix");
            requireNonNull(example, "example");
            seeAlso = List.copyOf(seeAlso);
        }
    }

    /**
     * Checks that all parts are there.
     *
     * @param id its name
     * @param symptom what people see
     * @param cause what it comes from
     * @param detection how it is found
     * @param remedy what to do
     */
    public CatalogueRow {
        requireNonNull(id, "id");
        requireNonNull(symptom, "symptom");
        requireNonNull(cause, "cause");
        requireNonNull(detection, "detection");
        requireNonNull(remedy, "remedy");
    }

    /** {@return whether it can be found by this library at all} */
    public boolean detectable() {
        return !detection.means().isEmpty();
    }
}
