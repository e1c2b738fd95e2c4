package org.usersvc.systemd.syntax;

/**
 * A mistake in a file. Immutable.
 *
 * @param file the file's path as messages name it
 * @param line the number of the line, from 1; 0 for the file as a whole
 * @param severity what the mistake means for the unit
 * @param text what is wrong and how to repair it, with the value but without file and line
 */
public record Problem(String file, int line, Severity severity, String text) {
  /** One line for a log or a terminal: file, number of the line, text. */
  public String message() {
    return line == 0 ? file + ": " + text : file + ":" + line + ": " + text;
  }
}
