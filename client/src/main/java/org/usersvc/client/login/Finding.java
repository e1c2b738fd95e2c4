package org.usersvc.client.login;

/** The result of one check, with the remedy if there is a fault. */
public record Finding(Level level, String text) {
  /** Its severity. */
  public enum Level {
    OK("ok"),
    /** Logins work, but without some services of usersvc. */
    WARN("warn"),
    FAIL("fail");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** {@code fail what is wrong}. */
  public String line() {
    return "%-4s  %s%n".formatted(level.word(), text);
  }
}
