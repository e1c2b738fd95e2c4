package org.usersvc.client.login;

/** What one check has found, with the remedy if something is wrong. */
public record Finding(Level level, String text) {
  /** How bad it is. */
  public enum Level {
    OK("ok"),
    /** Logins work, but not all of what usersvc could do for them. */
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
