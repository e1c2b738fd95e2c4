package org.usersvc.systemd.command;

/** A value as a shell reads it back. */
final class ShellText {
  private static final String SPECIAL = " \t\n\"'\\`$*?[](){}|&;<>#!~^";

  private ShellText() {}

  /** Unchanged if no character is special, else within {@code $'...'}. */
  static String of(String value) {
    if (value.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || c < ' ')) {
      return value;
    }
    var text = new StringBuilder("$'");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        case '\'', '\\' -> text.append('\\').append(c);
        default -> {
          if (c < ' ') {
            text.append("\\x%02x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('\'').toString();
  }
}
