package org.usersvc.systemd.machine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.condition.ConditionKind;

/** What conditions ask of paths. <b>Loop thread only.</b> */
final class PathFacts {
  private static final int EXECUTABLE = 0111;

  private final FileSystem files;
  private final Map<ConditionKind, Predicate<String>> answers = new EnumMap<>(ConditionKind.class);

  /**
   * @param glob whether a pattern finds a file
   */
  PathFacts(FileSystem files, Predicate<String> glob) {
    this.files = files;
    answers.put(ConditionKind.PATH_EXISTS, path -> stat(path) != null);
    answers.put(ConditionKind.PATH_EXISTS_GLOB, glob);
    answers.put(ConditionKind.PATH_IS_DIRECTORY, path -> isKind(path, FileStat.Kind.DIRECTORY));
    answers.put(ConditionKind.PATH_IS_SYMBOLIC_LINK, this::isLink);
    answers.put(
        ConditionKind.PATH_IS_MOUNT_POINT,
        path -> files.leavesMount(FileSystem.ABSOLUTE, path, true));
    answers.put(ConditionKind.PATH_IS_READ_WRITE, path -> stat(path) != null);
    answers.put(ConditionKind.PATH_IS_SOCKET, path -> isKind(path, FileStat.Kind.OTHER));
    answers.put(ConditionKind.DIRECTORY_NOT_EMPTY, path -> !list(path).isEmpty());
    answers.put(ConditionKind.FILE_NOT_EMPTY, path -> isFile(path, file -> file.size() > 0));
    answers.put(
        ConditionKind.FILE_IS_EXECUTABLE,
        path -> isFile(path, file -> (file.permissions() & EXECUTABLE) != 0));
  }

  boolean holds(ConditionKind kind, String path) {
    var answer = answers.get(kind);
    if (answer == null) {
      throw new IllegalArgumentException(kind + " asks of no path");
    }
    return answer.test(path);
  }

  private boolean isKind(String path, FileStat.Kind kind) {
    var file = stat(path);
    return file != null && file.kind() == kind;
  }

  private boolean isFile(String path, Predicate<FileStat> isSo) {
    var file = stat(path);
    return file != null && file.kind() == FileStat.Kind.REGULAR && isSo.test(file);
  }

  private @Nullable FileStat stat(String path) {
    try {
      return files.stat(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // as good as absent
      return null;
    }
  }

  private boolean isLink(String path) {
    try {
      var file = files.linkStat(FileSystem.ABSOLUTE, path);
      return file != null && file.kind() == FileStat.Kind.LINK;
    } catch (FileFault ignored) { // as good as absent
      return false;
    }
  }

  private List<String> list(String path) {
    try {
      return files.list(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // as good as absent
      return List.of();
    }
  }
}
