package org.usersvc.daemon.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;

/** A file {@code config} of limits, which may come, change and go at any time. */
final class LogConfig {
  private static final int CONFIG_LIMIT = 64 * 1024;

  /** A bound for a file that is no config. */
  private static final int MOST_COMPLAINTS = 8;

  private final FileSystem files;
  private final String path;
  private final Consumer<String> warn;
  private byte @Nullable [] content;
  private String complaint = "";

  /**
   * @param warn called with the first lines that are ignored, once for each content
   */
  LogConfig(FileSystem files, String path, Consumer<String> warn) {
    this.files = files;
    this.path = path;
    this.warn = warn;
  }

  /**
   * Reads the limits as they are now.
   *
   * @param otherwise the limits that the file does not set
   */
  LogLimits read(LogLimits otherwise) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, path);
      byte[] now =
          found == null || found.isDirectory()
              ? null
              : files.read(FileSystem.ABSOLUTE, path, CONFIG_LIMIT);
      boolean known = Arrays.equals(now, content);
      content = now;
      complaint = "";
      return now == null ? otherwise : limits(otherwise, now, known ? line -> {} : warn);
    } catch (FileFault fault) {
      if (!complaint.equals(fault.getMessage())) {
        complaint = String.valueOf(fault.getMessage());
        warn.accept(complaint + ", ignoring");
      }
      return otherwise;
    }
  }

  private LogLimits limits(LogLimits otherwise, byte[] lines, Consumer<String> complain) {
    String name = NativeText.printable(path);
    var complaints = new ArrayList<String>();
    var limits = otherwise.with(NativeText.decode(lines), name, complaints::add);
    complaints.stream().limit(MOST_COMPLAINTS).forEach(complain);
    if (complaints.size() > MOST_COMPLAINTS) {
      int more = complaints.size() - MOST_COMPLAINTS;
      complain.accept("%s: %d more lines of this kind, ignoring".formatted(name, more));
    }
    return limits;
  }
}
