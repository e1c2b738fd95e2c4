package org.usersvc.systemd.prepare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.exec.EnvironmentSettings;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.syntax.Assignment;
import org.usersvc.systemd.syntax.EnvironmentFile;

/**
 * Composes the environment of a command.
 *
 * <p>Later ones win: the manager's block, its facts about the unit, {@code ExecSearchPath=}, {@code
 * Environment=}, {@code EnvironmentFile=}; {@code UnsetEnvironment=} comes last. {@code
 * PassEnvironment=} adds nothing: a user's units have the whole block of the manager. Source:
 * systemd.exec(5), "Environment Variables in Spawned Processes".
 */
final class UnitEnvironment {
  private final FileSystem files;
  private final Account account;

  UnitEnvironment(FileSystem files, Account account) {
    this.files = files;
    this.account = account;
  }

  /**
   * The environment.
   *
   * @param told the manager's facts about the unit
   * @throws ExecFault if a file of variables cannot be read
   */
  Environment compose(Environment manager, Map<String, String> told, ExecSettings exec)
      throws ExecFault {
    var changes = new LinkedHashMap<>(told);
    if (!exec.searchPath().isEmpty()) {
      changes.put("PATH", String.join(":", exec.searchPath()));
    }
    for (String text : exec.environment().assignments()) {
      Assignment.parse(text).value().ifPresent(one -> changes.put(one.name(), one.value()));
    }
    for (var file : exec.environment().files()) {
      for (var one : read(file)) {
        changes.put(one.name(), one.value());
      }
    }
    return unset(account.complete(manager).with(changes), exec.environment().unset());
  }

  private List<Assignment> read(EnvironmentSettings.File file) throws ExecFault {
    var paths = new PathPattern(files).expand(file.path());
    if (paths.isEmpty() && !file.optional()) {
      throw fault("no file matches EnvironmentFile=" + file.path());
    }
    var all = new ArrayList<Assignment>();
    for (String path : paths) {
      all.addAll(read(path, file.optional()));
    }
    return all;
  }

  private List<Assignment> read(String path, boolean optional) throws ExecFault {
    try {
      var bytes = files.read(FileSystem.ABSOLUTE, path, EnvironmentFile.LARGEST + 1);
      var parsed = EnvironmentFile.read(bytes);
      if (parsed.value().isEmpty() && !optional) {
        throw fault("EnvironmentFile=" + path + ": " + parsed.flaws().getFirst().text());
      }
      return parsed.or(List.of());
    } catch (FileFault fault) {
      if (optional) {
        return List.of();
      }
      throw fault("EnvironmentFile=: " + fault.getMessage());
    }
  }

  private static ExecFault fault(String message) {
    return new ExecFault(ExecFailure.RESOURCES, message);
  }

  private static Environment unset(Environment environment, List<String> unset) {
    var names = new ArrayList<String>();
    for (String text : unset) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (equals < 0 || text.substring(equals + 1).equals(environment.value(name))) {
        names.add(name);
      }
    }
    return environment.without(names);
  }
}
