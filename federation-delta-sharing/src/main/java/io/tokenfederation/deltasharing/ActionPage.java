// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One answer of lines, read as it comes: protocol, metadata, what follows, and the end where one was promised. For one
 * thread.
 */
final class ActionPage implements AutoCloseable {
    /** Far more than a table of ten thousand columns takes; a line is all there ever is in memory. */
    private static final int LONGEST_LINE = 16 << 20;

    private final Answer answer;
    private final LineReader lines;
    private final boolean endIsPromised;
    private final TableProtocol protocol;
    private final TableMetadata metadata;
    private Line.@Nullable End end;

    private ActionPage(Answer answer, Capabilities offer, Duration patience) throws IOException, InterruptedException {
        this.answer = answer;
        this.lines = new LineReader(answer.body(), LONGEST_LINE, patience);
        this.endIsPromised = Capabilities.endIsPromised(answer.headers());
        if (!(line() instanceof Line.Protocol first)) {
            throw answer.unreadable("its first line is not the protocol");
        }
        this.protocol = readable(first.protocol(), offer);
        if (!(line() instanceof Line.Action second) || !(second.action() instanceof TableMetadata like)) {
            throw answer.unreadable("its second line is not the metadata");
        }
        this.metadata = like;
    }

    /** Reads how an answer begins. */
    static ActionPage begin(Answer answer, Capabilities offer, Duration patience)
            throws IOException, InterruptedException {
        return new ActionPage(answer, offer, patience);
    }

    TableProtocol protocol() {
        return protocol;
    }

    TableMetadata metadata() {
        return metadata;
    }

    OptionalLong version() {
        return answer.tableVersion();
    }

    String asked() {
        return answer.asked();
    }

    /** The next file, or metadata of the time; null at the end. */
    @Nullable TableAction next() throws IOException, InterruptedException {
        for (Line line = line(); line != null; line = line()) {
            if (line instanceof Line.Action action) {
                return action.action();
            }
        }
        return null;
    }

    /** What the server said at the end; null before it, or if it said nothing. */
    Line.@Nullable End end() {
        return end;
    }

    /** The next line that means something, and is no end; null at the end of the answer. */
    private @Nullable Line line() throws IOException, InterruptedException {
        for (byte[] utf8 = lines.next(); utf8 != null; utf8 = lines.next()) {
            Line line = Line.read(utf8, answer.tableVersion()).orElseThrow(this::badLine);
            if (end != null) {
                throw answer.unreadable("there are lines behind its end");
            }
            if (line instanceof Line.Failure failure) {
                throw failed(failure);
            }
            if (line instanceof Line.End last) {
                end = last;
            } else if (!(line instanceof Line.Unknown)) {
                return line;
            }
        }
        if (endIsPromised && end == null) {
            throw incomplete("the end it promised is missing");
        }
        if (end == null && !answer.endShows()) {
            throw incomplete("the connection ended, and nothing says that the answer did");
        }
        return null;
    }

    private SharingException badLine() {
        return lines.cutOff()
                ? incomplete("it breaks off within a line")
                : answer.unreadable("a line is not what the protocol knows");
    }

    private SharingException incomplete(String why) {
        return SharingErrorCode.SHARING_ANSWER_INCOMPLETE.exception(asked() + ": " + why);
    }

    private SharingException failed(Line.Failure failure) {
        Problem problem = SharingErrorCode.SHARING_ANSWER_FAILED
                .problem(asked() + ": the server failed after it had begun to answer")
                .serverSaid(SafeText.of(Addresses.withoutQueries(failure.message())));
        int status = failure.status().orElse(500);
        return new SharingException(problem.retryable(status >= 500 || status == 429));
    }

    /** In the Delta format the application's reader decides, and has said what it can: the server may have missed it. */
    private TableProtocol readable(TableProtocol said, Capabilities offer) {
        if (!offer.formats().contains(said.format()) && said.format() == ResponseFormat.DELTA) {
            throw SharingErrorCode.SHARING_PROTOCOL_UNSUPPORTED.exception(
                    asked() + ": the answer is in the Delta format, which was not offered");
        }
        if (said.format() == ResponseFormat.DELTA) {
            requireOffered(said, offer);
        }
        if (said.format() == ResponseFormat.PARQUET && said.minReaderVersion() > 1) {
            throw SharingErrorCode.SHARING_PROTOCOL_UNSUPPORTED.exception(asked()
                    + ": the table needs a reader of version " + said.minReaderVersion() + "; this is version 1");
        }
        return said;
    }

    private void requireOffered(TableProtocol said, Capabilities offer) {
        String unknown = said.readerFeatures().stream()
                .filter(feature -> !offer.offers(feature))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw SharingErrorCode.SHARING_PROTOCOL_UNSUPPORTED.exception(
                    asked() + ": the table needs reader features that were not offered: " + SafeText.of(unknown));
        }
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
