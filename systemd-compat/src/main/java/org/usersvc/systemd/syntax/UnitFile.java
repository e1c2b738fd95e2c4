package org.usersvc.systemd.syntax;

import java.util.List;

/**
 * The content of a unit file or drop-in. Immutable.
 *
 * <p>Source: systemd.syntax(7).
 *
 * @param file the file's path as messages name it
 * @param sections the section headers in their order, also empty and repeated ones
 * @param entries the assignments in their order
 * @param problems what is wrong with the text, by line; at most {@link #MOST_PROBLEMS}, one that
 *     says that there are more, and the first error
 */
public record UnitFile(
    String file, List<Section> sections, List<Entry> entries, List<Problem> problems) {
  /** The largest file in bytes. */
  public static final int LARGEST = 1 << 20;

  /** The longest line in characters, continuation lines counted together. */
  public static final int LONGEST_LINE = 1 << 18;

  /** So many assignments and section headers a file may have together. */
  public static final int MOST_ENTRIES = 10_000;

  /** So many problems of a file are named. */
  public static final int MOST_PROBLEMS = 100;

  /**
   * A section header.
   *
   * @param name the name without brackets
   * @param line the number of its line, from 1
   */
  public record Section(String name, int line) {}

  public UnitFile {
    sections = List.copyOf(sections);
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * Reads the bytes of a file. Never fails: what is wrong becomes a problem, and the lines that are
   * right become entries. After a problem that is an {@link Severity#ERROR} the unit must not load.
   *
   * @param file the file's path as messages name it
   * @param bytes the whole content; of a file larger than {@link #LARGEST} one byte more is enough
   */
  public static UnitFile read(String file, byte[] bytes) {
    return new UnitFileReader(file).read(bytes);
  }

  /** Whether the text keeps the unit from loading. */
  public boolean isBroken() {
    return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }
}
