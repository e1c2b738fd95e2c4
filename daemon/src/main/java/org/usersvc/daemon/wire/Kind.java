package org.usersvc.daemon.wire;

/** The types of messages. */
enum Kind {
  INVALID(0),
  CALL(1),
  RETURN(2),
  ERROR(3),
  SIGNAL(4),

  /** A type that a later protocol may define; to be ignored. */
  UNKNOWN(5);

  private final byte number;

  Kind(int number) {
    this.number = (byte) number;
  }

  static Kind of(int number) {
    return switch (number) {
      case 0 -> INVALID;
      case 1 -> CALL;
      case 2 -> RETURN;
      case 3 -> ERROR;
      case 4 -> SIGNAL;
      default -> UNKNOWN;
    };
  }

  /** Its number in messages. */
  byte number() {
    return number;
  }
}
