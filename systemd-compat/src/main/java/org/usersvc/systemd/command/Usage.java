package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a program, and how its words are read: as getopt_long(3) does. Immutable. */
final class Usage {
  private final String program;
  private final boolean permutes;
  private final Map<String, Option> options = new HashMap<>();

  /**
   * An option.
   *
   * @param name the long one, under which it is found
   */
  private record Option(String name, boolean takesValue) {}

  /**
   * A table of options.
   *
   * @param permutes whether options may stand after operands
   * @param table words such as {@code --all,-a} and {@code --type=,-t}: the last has a value
   */
  Usage(String program, boolean permutes, String table) {
    this.program = program;
    this.permutes = permutes;
    for (String entry : table.strip().split("\\s+", -1)) {
      boolean takesValue = entry.contains("=");
      var spellings = entry.replace("=", "").split(",", -1);
      var option = new Option(spellings[0].replaceFirst("^-+", ""), takesValue);
      for (String spelling : spellings) {
        options.put(spelling, option);
      }
    }
  }

  /**
   * Reads words.
   *
   * @throws WrongWords if one is no option, or lacks its value
   */
  Line parse(List<String> words) throws WrongWords {
    var reading = new Reading(words);
    while (reading.at < words.size() && !reading.isOver) {
      reading.word(words.get(reading.at++));
    }
    for (; reading.at < words.size(); reading.at++) {
      reading.operand(reading.at);
    }
    return new Line(reading.given, reading.operands, reading.firstOperand);
  }

  private final class Reading {
    private final Map<String, List<String>> given = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private final List<String> words;
    private int firstOperand = -1;
    private int at;
    private boolean isOver;

    Reading(List<String> words) {
      this.words = words;
    }

    void word(String word) throws WrongWords {
      if (word.equals("--")) {
        isOver = true;
      } else if (word.startsWith("--")) {
        longOption(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        letters(word);
      } else {
        operand(at - 1);
        isOver = !permutes;
      }
    }

    void operand(int index) {
      if (firstOperand < 0) {
        firstOperand = index;
      }
      operands.add(words.get(index));
    }

    private void longOption(String word) throws WrongWords {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      var option = options.get(name);
      if (option == null) {
        throw new WrongWords(program + ": unrecognized option '" + name + "'");
      }
      if (!option.takesValue() && equals >= 0) {
        throw new WrongWords(program + ": option '" + name + "' doesn't allow an argument");
      }
      String lacking = "option '" + name + "' requires an argument";
      take(option, equals < 0 ? null : word.substring(equals + 1), lacking);
    }

    private void letters(String word) throws WrongWords {
      for (int i = 1; i < word.length(); i++) {
        char letter = word.charAt(i);
        var option = options.get("-" + letter);
        if (option == null) {
          throw new WrongWords(program + ": invalid option -- '" + letter + "'");
        }
        boolean hasRest = option.takesValue() && i + 1 < word.length();
        String lacking = "option requires an argument -- '" + letter + "'";
        take(option, hasRest ? word.substring(i + 1) : null, lacking);
        if (option.takesValue()) {
          return;
        }
      }
    }

    private void take(Option option, @Nullable String value, String lacking) throws WrongWords {
      String taken = value;
      if (option.takesValue() && taken == null) {
        if (at == words.size()) {
          throw new WrongWords(program + ": " + lacking);
        }
        taken = words.get(at++);
      }
      given.computeIfAbsent(option.name(), _ -> new ArrayList<>()).add(taken == null ? "" : taken);
    }
  }
}
