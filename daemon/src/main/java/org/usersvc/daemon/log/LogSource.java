package org.usersvc.daemon.log;

import org.usersvc.daemon.model.ServiceId;

/**
 * The pipe of a log, and the directory to which its lines go.
 *
 * @param name the name of the directory below the log root: native text without a slash
 * @param pipe a FIFO opened for reading and writing, non-blocking
 */
public record LogSource(ServiceId id, String name, int pipe, LogFormat format) {
  /** The same with another name. */
  LogSource named(String other) {
    return new LogSource(id, other, pipe, format);
  }
}
