package org.usersvc.client.log;

import java.nio.file.Path;

/** A log directory and the name, native text, that is shown with its lines. */
record LogSource(String name, Path directory) implements Comparable<LogSource> {
  @Override
  public int compareTo(LogSource other) {
    return name.compareTo(other.name);
  }
}
