package org.usersvc.client.top;

/** A key that was pressed. */
sealed interface Key {
  /** Any other key than those with a name. */
  record Letter(char letter) implements Key {}

  /** Keys with a name. */
  enum Named implements Key {
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ERASE,
    ESCAPE,
    /** Not one of ours. */
    OTHER,
    /** There is no terminal any more. */
    GONE
  }

  /** The key of a sequence that began with escape, without that. */
  static Key ofSequence(String sequence) {
    return switch (sequence) {
      case "" -> Named.ESCAPE;
      case "[A", "OA" -> Named.UP;
      case "[B", "OB" -> Named.DOWN;
      case "[5~" -> Named.PAGE_UP;
      case "[6~" -> Named.PAGE_DOWN;
      case "[H", "OH", "[1~" -> Named.HOME;
      case "[F", "OF", "[4~" -> Named.END;
      default -> Named.OTHER;
    };
  }

  static Key ofCharacter(int character) {
    return switch (character) {
      case '\r', '\n' -> Named.ENTER;
      case 8, 127 -> Named.ERASE;
      default -> character < ' ' ? Named.OTHER : new Letter((char) character);
    };
  }
}
