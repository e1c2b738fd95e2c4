package org.usersvc.client.check;

/**
 * A mistake, or something to know.
 *
 * @param line from 1; 0: of the file as a whole
 */
public record Finding(Level level, int line, String text) {
  /** Its severity; the words are those of unit files. */
  public enum Level {
    NOTE("note"),
    /** It starts, and probably does not do what is meant. */
    WARNING("warning"),
    /** It cannot start, or the file has no effect. */
    ERROR("error");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static Finding error(int line, String text) {
    return new Finding(Level.ERROR, line, text);
  }

  static Finding warning(int line, String text) {
    return new Finding(Level.WARNING, line, text);
  }

  public boolean isError() {
    return level == Level.ERROR;
  }
}
