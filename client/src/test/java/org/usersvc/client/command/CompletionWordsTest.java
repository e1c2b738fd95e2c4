package org.usersvc.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The launcher's table for the completion of shells is made of the tables of this client. With
 * {@code -Dusersvc.words=write} the test writes it.
 */
final class CompletionWordsTest {
  private static final Path TABLE =
      Path.of(System.getProperty("usersvc.launcher.sources", "launcher"), "words.h");

  private static final String HEAD =
      """
      /* The words of the command line. CompletionWordsTest makes this of the client's tables. */
      #pragma once

      #include <stdbool.h>

      /* takes: the kind of its operands. */
      struct word {
      	const char *word, *takes, *meaning;
      };

      /* No verbs: it goes with all. */
      struct option_word {
      	const char *word, *letter, *verbs;
      	bool has_value;
      	const char *meaning;
      };

      struct sub_verb {
      	const char *verb, *word, *meaning;
      };
      """;

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String row(Verb verb) {
    return quoted(verb.word()) + ", " + quoted(verb.takes().name()) + ", " + quoted(verb.summary());
  }

  private static String row(SubVerb word) {
    return quoted(word.verb().word()) + ", " + quoted(word.word()) + ", " + quoted(word.summary());
  }

  private static String row(Option option) {
    String verbs =
        Arrays.stream(Verb.values())
            .filter(option::concerns)
            .map(Verb::word)
            .collect(Collectors.joining(" ", " ", " "));
    String[] names = option.spec().names();
    boolean everywhere = !option.isPeculiar() && option != Option.WAIT;
    return quoted(option.word())
        + ", "
        + (names.length > 1 ? quoted(names[0]) : "0")
        + ", "
        + (everywhere ? "0" : quoted(verbs))
        + ", "
        + option.hasValue()
        + ", "
        + quoted(option.spec().description()[0]);
  }

  private static String table(String type, String name, String[] rows, int columns) {
    var text = new StringBuilder("\nstatic const struct " + type + " " + name + "[] = {\n");
    for (String row : rows) {
      text.append("\t{").append(row).append("},\n");
    }
    return text.append("\t{0").append(", 0".repeat(columns - 1)).append("},\n};\n").toString();
  }

  private static <T> String[] rows(T[] values, Function<T, String> row) {
    return Arrays.stream(values).map(row).toArray(String[]::new);
  }

  @Test
  void launcherKnowsTheWordsOfThisClient() throws IOException {
    String expected =
        HEAD
            + table("word", "VERB_WORDS", rows(Verb.values(), CompletionWordsTest::row), 3)
            + table(
                "option_word", "OPTION_WORDS", rows(Option.values(), CompletionWordsTest::row), 5)
            + table("sub_verb", "SUB_VERBS", rows(SubVerb.values(), CompletionWordsTest::row), 3);
    if (System.getProperty("usersvc.words", "").equals("write")) {
      Files.writeString(TABLE, expected);
    }
    assertThat(Files.readString(TABLE)).isEqualTo(expected);
  }
}
