// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.SafeText;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the protocol says of tools: {@code tools/list} page by page, {@code tools/call}, and their results. */
final class Tools {
    static final String LIST = "tools/list";

    private final Conversation conversation;
    private final ToolBook book;
    private final KeptPages kept;

    Tools(Conversation conversation, KnownLists lists) {
        this.conversation = conversation;
        this.book = lists.tools();
        this.kept = lists.pages();
    }

    Stream<Tool> list(Supplier<Call> calls) {
        Request<Page<ListedTool>> first = Request.of(LIST, () -> new Page.Reader<>("tools", ListedTool::read));
        return Pages.stream(first, request -> page(request, calls.get())).map(ListedTool::tool);
    }

    ToolResult call(String name, byte[] arguments, Call call) {
        return run(name, arguments, ToolResult.Reader::new, call).value();
    }

    <R> R call(String name, byte[] arguments, Class<R> type, Call call) {
        Answer<TypedResult<R>> answer = run(
                name, arguments, () -> new TypedResult.Reader<>(type, book.promise(name, conversation::isIn)), call);
        try {
            return answer.value().valueOrThrow(answer.asked());
        } catch (McpException e) {
            OutputSchema broken = answer.value().broken();
            if (broken != null) {
                // The tool may be another by now, of which only a new list can tell.
                broken.giveUp();
                kept.forget(LIST);
                listAnew(e, call);
            }
            throw e;
        }
    }

    private <T> Answer<T> run(String name, byte[] arguments, Supplier<? extends ResultReader<T>> reader, Call call) {
        requireNoTask(name);
        Map<String, String> headers = book.headers(name, arguments);
        Request<T> request = Request.of("tools/call", reader)
                .about(name)
                .with("name", name)
                .with("arguments", arguments)
                .headers(headers);
        Call careful = call.harmlessIn(session -> conversation.isIn(session) && book.harmless(name, session));
        try {
            return conversation.ask(request, careful);
        } catch (McpException e) {
            if (e.rpcCode().isPresent()) {
                // The tool may be gone, or want other arguments ("Caching: Freshness Calculation").
                kept.forget(LIST);
            }
            if (!Repetition.withOtherHeaders(e, call)) {
                throw e;
            }
            // The tool wants other headers than it did, or was never listed ("Custom Headers from Tool Parameters").
            listAnew(e, call);
            Map<String, String> wanted = book.headers(name, arguments);
            if (wanted.equals(headers)) {
                throw e;
            }
            return conversation.ask(request.headers(wanted), careful);
        }
    }

    private void requireNoTask(String name) {
        if (book.taskOnly(name, conversation::isIn)) {
            throw new McpException(McpErrorCode.MCP_TASK_REQUIRED.problem("tools/call '" + SafeText.of(name)
                    + "': the server runs this tool as a task alone; nothing was sent"));
        }
    }

    /** With nothing of the call's own but its time; if that fails, it is still the refusal that the caller is to see. */
    private void listAnew(McpException refusal, Call call) {
        Call plain = call.with(call.options().forHandshake());
        try {
            list(() -> plain).forEach(tool -> {});
        } catch (RuntimeException e) {
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private Answer<Page<ListedTool>> page(Request<Page<ListedTool>> request, Call call) {
        long doubts = book.doubts();
        Answer<Page<ListedTool>> answer = kept.ask(conversation, request, call);
        return seen(answer, new ToolBook.Said(answer.session(), doubts));
    }

    private Answer<Page<ListedTool>> seen(Answer<Page<ListedTool>> answer, ToolBook.Said said) {
        Page<ListedTool> page = answer.value();
        boolean tasks = answer.session().server().runsToolsAsTasks();
        if (answer.session().legacy()) {
            page.items().forEach(tool -> book.learn(tasks ? tool : tool.withoutTasks(), said));
            return answer;
        }
        return answer.complete(page.with(page.items().stream()
                .filter(tool -> book.learnIfSound(tool, answer.asked(), said))
                .toList()));
    }
}
