package org.usersvc.client.top;

/** How parts of the screen look; the colours are those of usersvc(1). */
enum Style {
  PLAIN,
  COLOURS_16,
  /** With a grey of its own for what is minor. */
  COLOURS_256;

  private static final String END = "\033[0m";

  static Style of(boolean coloured, int colours) {
    return !coloured ? PLAIN : colours >= 256 ? COLOURS_256 : COLOURS_16;
  }

  String head(String text) {
    return this == PLAIN ? text : "\033[1m" + text + END;
  }

  String minor(String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLOURS_16 -> "\033[2m" + text + END;
      case COLOURS_256 -> "\033[38;5;244m" + text + END;
    };
  }

  String trouble(String text) {
    return this == PLAIN ? text : "\033[31m" + text + END;
  }

  /** Reverse video is no colour: the selection can be seen without one. */
  String selected(String text) {
    return "\033[7m" + text + END;
  }

  String state(Row row, String text) {
    if (this == PLAIN) {
      return text;
    }
    if (row.isInTrouble()) {
      return trouble(text);
    }
    return switch (row.state()) {
      case "down", "incomplete", "gone" -> minor(text);
      default -> (row.ready() ? "\033[32m" : "\033[33m") + text + END;
    };
  }
}
