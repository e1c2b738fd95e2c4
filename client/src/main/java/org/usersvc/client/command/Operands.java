package org.usersvc.client.command;

/** The operands of a verb. */
enum Operands {
  NAMES_AND_WAIT("NAME...", 1, Integer.MAX_VALUE),
  NAMES("NAME...", 1, Integer.MAX_VALUE),
  NAMES_OR_ALL("[NAME...]", 0, Integer.MAX_VALUE),
  VERB("[VERB]", 0, 1),
  DIRECTORY("DIR", 1, 1),
  AVAILABLE("NAME...", 1, Integer.MAX_VALUE),
  AVAILABLE_OR_ALL("[NAME...]", 0, Integer.MAX_VALUE),
  WORDS("[WORD...]", 0, Integer.MAX_VALUE),
  LINGERER("[on | off] [USER]", 0, 2),
  USER("[USER]", 0, 1),
  UNITS("[NAME|UNIT|PATH]...", 0, Integer.MAX_VALUE),
  NEW_NAME("NAME", 1, 1),
  FILE("NAME [FILE]", 1, 2),
  OVERRIDE("NAME [FILE]", 1, 2),
  PROGRAM("[--] CMD...", 1, Integer.MAX_VALUE),
  SHOWN("NAME...", 1, Integer.MAX_VALUE),
  NOTHING("", 0, 0);

  private final String synopsis;
  private final int least;
  private final int most;

  Operands(String synopsis, int least, int most) {
    this.synopsis = synopsis;
    this.least = least;
    this.most = most;
  }

  String synopsis() {
    return synopsis;
  }

  boolean fits(int count) {
    return count >= least && count <= most;
  }

  /** The message about a wrong number of operands. */
  String wanted() {
    return switch (this) {
      case NAMES_AND_WAIT, NAMES, NAMES_OR_ALL, AVAILABLE, AVAILABLE_OR_ALL, SHOWN, WORDS ->
          "needs the name of a service";
      case VERB -> "takes one verb";
      case DIRECTORY -> "needs exactly one directory";
      case LINGERER -> "takes on or off and one user";
      case USER -> "takes one user";
      case PROGRAM -> "needs a command";
      case FILE, OVERRIDE -> "needs the name of a service, and takes one file";
      case NEW_NAME -> "needs one name for the service";
      case UNITS -> "needs the name of a unit or the path of a file";
      case NOTHING -> "takes no names";
    };
  }
}
