package org.usersvc.client.command;

/** The programs that the client acts as, by its name. */
public enum Program {
  USERSVC("usersvc"),
  SVC("svc"),
  SVOK("svok"),
  SVSTAT("svstat");

  private static final Program[] ALL = values();

  private final String word;

  Program(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** {@code USERSVC} for a name that is none of daemontools'. */
  public static Program of(String word) {
    for (Program program : ALL) {
      if (program.word.equals(word)) {
        return program;
      }
    }
    return USERSVC;
  }
}
