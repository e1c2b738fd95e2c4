package org.usersvc.client.log;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A log directory and the name, native text, that is shown with its lines.
 *
 * @param about of the daemon's log: only these lines, with the names of their services; null: all
 *     lines
 */
record LogSource(String name, Path directory, @Nullable DaemonLines about)
    implements Comparable<LogSource> {
  LogSource(String name, Path directory) {
    this(name, directory, null);
  }

  @Override
  public int compareTo(LogSource other) {
    return name.compareTo(other.name);
  }
}
