package org.usersvc.systemd.prepare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.exec.ExecDirectory;
import org.usersvc.systemd.exec.ExecDirectory.Kind;

/**
 * The directories of a unit, such as {@code RuntimeDirectory=}. Their places are those of a user's
 * manager in systemd.exec(5).
 */
final class UnitDirectories {
  private final FileSystem files;
  private final Account account;
  private final String runtime;

  /**
   * @param runtime the value of {@code XDG_RUNTIME_DIR}
   */
  UnitDirectories(FileSystem files, Account account, String runtime) {
    this.files = files;
    this.account = account;
    this.runtime = runtime;
  }

  /**
   * Makes those that are absent, and gives all their modes. A directory of configuration that was
   * there keeps its mode.
   *
   * @throws ExecFault if one cannot be made
   */
  void make(Map<Kind, ExecDirectory> directories, Environment manager) throws ExecFault {
    for (var each : directories.entrySet()) {
      for (String path : paths(each.getKey(), each.getValue(), manager)) {
        make(each.getKey(), path, each.getValue().mode());
      }
    }
  }

  private void make(Kind kind, String path, int mode) throws ExecFault {
    try {
      var before = files.stat(FileSystem.ABSOLUTE, path);
      if (before == null) {
        files.makeDirectories(path.substring(0, path.lastIndexOf('/')), ExecDirectory.DEFAULT_MODE);
        files.makeDirectory(FileSystem.ABSOLUTE, path, mode);
      } else if (!before.isDirectory()) {
        throw new ExecFault(ExecFailure.of(kind), path + " is no directory");
      }
      if (before == null || (kind != Kind.CONFIGURATION && before.permissions() != mode)) {
        files.changeMode(FileSystem.ABSOLUTE, path, mode);
      }
    } catch (FileFault fault) {
      throw new ExecFault(ExecFailure.of(kind), String.valueOf(fault.getMessage()));
    }
  }

  /** The variables by which commands find them. */
  Map<String, String> variables(Map<Kind, ExecDirectory> directories, Environment manager) {
    var variables = new LinkedHashMap<String, String>();
    directories.forEach((kind, one) ->
        variables.put(
            kind.variable(),
            paths(kind, one, manager).stream()
                .map(path -> path.replace(":", "\\:"))
                .collect(Collectors.joining(":"))));
    return variables;
  }

  /** Where the directories of a kind are. */
  List<String> paths(Kind kind, ExecDirectory directory, Environment manager) {
    String base = base(kind, manager);
    return directory.names().stream().map(name -> base + "/" + name).toList();
  }

  private String base(Kind kind, Environment manager) {
    return switch (kind) {
      case RUNTIME -> runtime;
      case STATE -> place(manager, "XDG_STATE_HOME", "/.local/state");
      case CACHE -> place(manager, "XDG_CACHE_HOME", "/.cache");
      case LOGS -> place(manager, "XDG_STATE_HOME", "/.local/state") + "/log";
      case CONFIGURATION -> place(manager, "XDG_CONFIG_HOME", "/.config");
    };
  }

  private String place(Environment manager, String variable, String below) {
    String set = manager.value(variable);
    return set == null || !set.startsWith("/") ? account.home() + below : set;
  }
}
