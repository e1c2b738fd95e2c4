package org.usersvc.client.login;

import java.util.ArrayList;
import java.util.List;

/**
 * One rule of a file in {@code /etc/pam.d}.
 *
 * @param number of its first line
 * @param type without a dash before it
 */
record PamLine(int number, String type, String control, String module, List<String> arguments) {
  private static final int LEAST_WORDS = 3;

  /** The rules of a file (pam.d(5)); a backslash at its end continues a line. */
  static List<PamLine> parse(List<String> lines) {
    List<PamLine> rules = new ArrayList<>();
    var joined = new StringBuilder();
    int first = 1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int comment = line.indexOf('#');
      joined.append(comment < 0 ? line : line.substring(0, comment));
      if (joined.toString().endsWith("\\")) {
        joined.setCharAt(joined.length() - 1, ' ');
        continue;
      }
      List<String> words = words(joined.toString());
      if (words.size() >= LEAST_WORDS) {
        rules.add(of(first, words));
      }
      joined.setLength(0);
      first = i + 2;
    }
    return rules;
  }

  private static PamLine of(int number, List<String> words) {
    String type =
        words.getFirst().startsWith("-") ? words.getFirst().substring(1) : words.getFirst();
    return new PamLine(
        number,
        type,
        words.get(1),
        words.get(2),
        List.copyOf(words.subList(LEAST_WORDS, words.size())));
  }

  /** Words between blanks; brackets and their content are one word. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    boolean bracket = false;
    for (char c : (line + " ").toCharArray()) {
      bracket = (bracket || (c == '[' && word.isEmpty())) && c != ']';
      if (bracket || (c != ' ' && c != '\t')) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /** Whether it concerns usersvc. */
  boolean isOurs() {
    return module.contains("usersvc")
        || arguments.stream().anyMatch(word -> word.contains("usersvc"));
  }

  /** Whether it runs the hook, and is not the module itself. */
  boolean isHook() {
    return module.endsWith("pam_exec.so");
  }

  /** The program that pam_exec(8) runs; empty if that is no path. */
  String program() {
    return arguments.stream().filter(word -> word.startsWith("/")).findFirst().orElse("");
  }
}
