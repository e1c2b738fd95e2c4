package org.usersvc.systemd.load;

import org.usersvc.systemd.syntax.UnitFile;

/**
 * A file of a unit as it was read. Immutable.
 *
 * @param content its sections and assignments, and what is wrong with its text
 * @param size in bytes
 * @param written the last change of its content before that, in nanoseconds since 1970
 */
public record SourceFile(UnitFile content, long size, long written) {
  /** Its absolute path. */
  public String path() {
    return content.file();
  }
}
