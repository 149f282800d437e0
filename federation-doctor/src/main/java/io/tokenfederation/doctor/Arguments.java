// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line, understood: {@code --option value} and {@code --option=value}, in any order. */
final class Arguments {
    private final Command command;
    private final Optional<Command> topic;
    private final Map<Option, String> options;

    private Arguments(Command command, Optional<Command> topic, Map<Option, String> options) {
        this.command = command;
        this.topic = topic;
        this.options = options;
    }

    /** @throws UsageException if it is not understood */
    static Arguments parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        List<Word> words = new ArrayList<>();
        Map<Option, String> options = new EnumMap<>(Option.class);
        while (!rest.isEmpty()) {
            Word next = new Word(rest.pop(), arguments.size() - rest.size());
            if (next.text().startsWith("-")) {
                readOption(next, rest, options);
            } else {
                words.add(next);
            }
        }
        boolean asksForHelp = options.containsKey(Option.HELP) || options.containsKey(Option.VERSION);
        if (words.isEmpty() && !asksForHelp) {
            throw new UsageException(
                    "what shall I do? One of " + Command.spellings() + ", for example: check",
                    "\n\n" + Help.of(Optional.empty()));
        }
        Command command = words.isEmpty() ? Command.HELP : command(words.get(0));
        Optional<Command> topic = topic(command, words);
        requireKnownBy(command, options);
        return new Arguments(command, topic, options);
    }

    Command command() {
        return command;
    }

    /** {@return what help is wanted about; empty for all} */
    Optional<Command> topic() {
        return topic;
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> find(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /** A word of the command line, and its place there, from 1. */
    private record Word(String text, int position) {
        /** {@return the word itself if it can be a name: people paste tokens here} */
        String shown() {
            return PlainName.is(text) ? "'" + text + "'" : "word " + position + " (not shown)";
        }
    }

    private static void readOption(Word word, Deque<String> rest, Map<Option, String> options) {
        String written = word.text();
        String name = written.split("=", 2)[0];
        Option option = option(new Word(name, word.position()));
        boolean takesValue = !option.value().isEmpty();
        if (!takesValue && written.contains("=")) {
            throw new UsageException(name + " takes no value");
        }
        if (takesValue && !written.contains("=") && rest.isEmpty()) {
            throw new UsageException(name + " needs a value: " + name + " " + option.value());
        }
        String value = !takesValue ? "" : written.contains("=") ? written.substring(name.length() + 1) : rest.pop();
        if (takesValue && (value.isBlank() || value.startsWith("--"))) {
            throw new UsageException(name + " needs a value: " + name + " " + option.value());
        }
        if (options.put(option, value) != null) {
            throw new UsageException(name + " is there twice");
        }
    }

    private static Option option(Word word) {
        String name = word.text();
        if (name.equals("-h") || name.equals("-?")) {
            return Option.HELP;
        }
        List<String> known =
                Arrays.stream(Option.values()).map(Option::spelling).toList();
        return Arrays.stream(Option.values())
                .filter(option -> option.spelling().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("there is no option " + word.shown() + Nearest.hint(name, known)));
    }

    private static Command command(Word word) {
        return Command.named(word.text())
                .orElseThrow(() -> new UsageException(
                        "there is no command " + word.shown() + Nearest.hint(word.text(), Command.spellings())
                                + "; commands are " + Command.spellings() + "."));
    }

    private static Optional<Command> topic(Command command, List<Word> words) {
        boolean help = command == Command.HELP;
        if (words.size() > (help ? 2 : 1)) {
            String instead = command == Command.EXPLAIN
                    ? "the token comes on standard input: explain < token.txt"
                    : "I do not understand " + words.get(help ? 2 : 1).shown() + "; see: help " + command.spelling();
            throw new UsageException(instead);
        }
        return help ? words.stream().skip(1).findFirst().map(Arguments::command) : Optional.of(command);
    }

    private static void requireKnownBy(Command command, Map<Option, String> options) {
        if (options.containsKey(Option.HELP) || options.containsKey(Option.VERSION) || command == Command.HELP) {
            return;
        }
        options.keySet().stream()
                .filter(option -> !command.options().contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageException(command.spelling() + " has no option " + option.spelling() + "; see: help "
                            + command.spelling());
                });
    }
}
