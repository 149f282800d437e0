// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report as JUnit's XML: a suite for what all roles share, and one for each role. */
final class JUnitReport {
    private static final String SHARED = "federation";

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitReport(xml).write(report);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a StringWriter never fails", e);
        }
        return text.toString();
    }

    private void write(Report report) throws XMLStreamException {
        Map<String, List<CheckResult>> suites = new LinkedHashMap<>();
        for (CheckResult result : report.results()) {
            suites.computeIfAbsent(result.role().orElse(SHARED), name -> new ArrayList<>())
                    .add(result);
        }
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "federation-doctor");
        for (Map.Entry<String, List<CheckResult>> suite : suites.entrySet()) {
            write(suite.getKey(), suite.getValue());
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void write(String suite, List<CheckResult> results) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(suite));
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(results.stream().filter(CheckResult::failed).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute(
                "skipped",
                Long.toString(results.stream().filter(CheckResult::skipped).count()));
        xml.writeAttribute(
                "time", seconds(results.stream().map(CheckResult::took).reduce(Duration.ZERO, Duration::plus)));
        for (CheckResult result : results) {
            write(suite, result);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void write(String suite, CheckResult result) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "federation." + clean(suite));
        xml.writeAttribute("name", result.check());
        xml.writeAttribute("time", seconds(result.took()));
        write(result.outcome());
        xml.writeEndElement();
    }

    private void write(Outcome outcome) throws XMLStreamException {
        if (outcome instanceof Outcome.Skipped skipped) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", clean(skipped.because()));
        } else if (outcome instanceof Outcome.Failed failed) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", failed.what().code());
            xml.writeAttribute(
                    "message", clean(failed.what().code() + ": " + failed.what().cause()));
            xml.writeCharacters(clean(inFull(failed.what())));
            xml.writeEndElement();
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(outcome.finding().map(JUnitReport::inFull).orElse(detail(outcome))));
            xml.writeEndElement();
        }
    }

    private static String detail(Outcome outcome) {
        return outcome instanceof Outcome.Passed passed ? passed.detail() : "";
    }

    private static String inFull(Finding finding) {
        return finding.code() + "\ncause: " + finding.cause() + "\nfix: " + finding.fix()
                + (finding.paste().isEmpty() ? "" : "\nto paste:\n" + finding.paste());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1_000.0);
    }

    /** XML 1.0 has no place for most control characters, escaped or not. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
