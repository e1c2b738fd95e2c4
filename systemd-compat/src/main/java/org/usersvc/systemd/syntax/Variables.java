package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces variables in arguments. Used once, by one thread. */
final class Variables {
  private final Function<String, @Nullable String> lookup;
  private final List<String> arguments = new ArrayList<>();
  private long length;

  Variables(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  Parsed<List<String>> replace(List<String> words) {
    for (String word : words) {
      if (isVariable(word)) {
        Words.split(value(word.substring(1)), Words.Style.RELAXED).or(List.of()).forEach(this::add);
      } else {
        add(inWord(word));
      }
      if (length > CommandLine.LONGEST) {
        return Parsed.error("the arguments become longer than 2 MiB; shorten the variables");
      }
    }
    return Parsed.of(List.copyOf(arguments));
  }

  /** Whether the whole word is one variable without braces, of whatever name. */
  private static boolean isVariable(String word) {
    return word.startsWith("$") && !word.startsWith("${") && !word.startsWith("$$");
  }

  private String value(String name) {
    String value = lookup.apply(name);
    return value == null ? "" : value;
  }

  private void add(String argument) {
    length += argument.length() + 1L;
    arguments.add(argument);
  }

  /** Replaces each variable in braces; a {@code $} that begins none stays. */
  private String inWord(String word) {
    var text = new StringBuilder();
    int last = word.lastIndexOf('}');
    int i = 0;
    while (i < word.length() && length + text.length() <= CommandLine.LONGEST) {
      int end = i < last && word.startsWith("${", i) ? word.indexOf('}', i) : -1;
      if (end >= 0) {
        text.append(value(word.substring(i + 2, end)));
        i = end + 1;
      } else {
        text.append(word.charAt(i));
        i += word.startsWith("$$", i) ? 2 : 1;
      }
    }
    return text.toString();
  }
}
