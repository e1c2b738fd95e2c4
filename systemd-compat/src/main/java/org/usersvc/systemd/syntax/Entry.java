package org.usersvc.systemd.syntax;

/**
 * An assignment in a unit file. Immutable.
 *
 * @param file the file's path as messages name it
 * @param line the number of the line that the assignment begins on, from 1
 * @param section the section's name without brackets
 * @param key the part before the {@code =}; never empty
 * @param value the part after the {@code =} without space around it; an empty value resets a list
 */
public record Entry(String file, int line, String section, String key, String value) {
  /** Whether the entry is meant for other programs and is ignored without a word. */
  public boolean isForOthers() {
    return section.startsWith("X-") || key.startsWith("X-");
  }

  /** The mistake in this entry's value, with its place. */
  public Problem problem(Flaw flaw) {
    return new Problem(file, line, flaw.severity(), key + "=: " + flaw.text());
  }
}
