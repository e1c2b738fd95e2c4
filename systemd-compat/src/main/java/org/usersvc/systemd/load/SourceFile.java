package org.usersvc.systemd.load;

import org.usersvc.systemd.syntax.Entry;
import org.usersvc.systemd.syntax.UnitFile;

/**
 * A file of a unit as it was read. Immutable.
 *
 * @param content its sections and assignments, and what is wrong with its text
 * @param size in bytes
 * @param written the last change of its content before that, in nanoseconds since 1970
 */
public record SourceFile(UnitFile content, long size, long written) {
  private static final int OF_FILE = 300;
  private static final int OF_ENTRY = 100;
  private static final int OF_WORD = 80;

  /** Its absolute path. */
  public String path() {
    return content.file();
  }

  /**
   * About how many bytes of memory it takes to understand it: an object for each assignment, and
   * one for each word.
   */
  public long weight() {
    long weight = OF_FILE;
    for (var entry : content.entries()) {
      weight += OF_ENTRY + entry.value().length() + (long) OF_WORD * words(entry);
    }
    return weight;
  }

  private static int words(Entry entry) {
    int words = 0;
    boolean isBetween = true;
    for (int i = 0; i < entry.value().length(); i++) {
      boolean wasBetween = isBetween;
      isBetween = isSeparator(entry.value().charAt(i));
      words += wasBetween && !isBetween ? 1 : 0;
    }
    return words;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t' || c == ':' || c == ',' || c == ';';
  }

  SourceStamps.Stamp stamp() {
    return new SourceStamps.Stamp(path(), written);
  }
}
