package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directory of a running logger: svlogd, s6-log and multilog keep {@code current} open. */
final class LoggerProcess {
  private static final Path PROC = Path.of("/proc");
  private static final int DEEPEST = 4;

  private LoggerProcess() {}

  /** The log directory of the process, or of its children; null if none is found. */
  static @Nullable Path directory(long pid) {
    return directory(pid, DEEPEST);
  }

  private static @Nullable Path directory(long pid, int depth) {
    Path process = PROC.resolve(Long.toString(pid));
    @Nullable Path found = written(process.resolve("fd"));
    if (found != null || depth == 0) {
      return found;
    }
    try {
      Path children = process.resolve("task").resolve(Long.toString(pid)).resolve("children");
      for (String child : Files.readString(children).split(" ", -1)) {
        found =
            child.isEmpty() || found != null ? found : directory(Long.parseLong(child), depth - 1);
      }
    } catch (IOException gone) {
      return found;
    }
    return found;
  }

  /** The directory of the {@code current} with the lowest descriptor. */
  private static @Nullable Path written(Path descriptors) {
    @Nullable Path found = null;
    int lowest = Integer.MAX_VALUE;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
      for (Path entry : entries) {
        int number = Integer.parseInt(String.valueOf(entry.getFileName()));
        @Nullable Path target = number < lowest ? target(entry) : null;
        if (target != null && target.endsWith(LogFiles.CURRENT)) {
          lowest = number;
          found = target.getParent();
        }
      }
    } catch (IOException gone) {
      return found;
    }
    return found;
  }

  private static @Nullable Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException closed) {
      return null;
    }
  }
}
