package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.exec.EnvironmentSettings;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.StreamSettings.Stream;
import org.usersvc.systemd.syntax.CommandLine;

/** How processes run, as services and sockets show it. */
final class ExecValues implements Table.Part<Subject> {
  /** The kernel's codes for a process that exited, and for one that a signal ended. */
  private static final int EXITED = 1;

  private static final int KILLED = 2;
  private static final int DUMPED = 3;

  private final Function<Subject, ExecSettings> of;

  ExecValues(Function<Subject, ExecSettings> of) {
    this.of = of;
  }

  @Override
  public void declare(Table.Members members) {
    members
        .value("Environment", "as")
        .value("EnvironmentFiles", "a(sb)")
        .value("PassEnvironment", "as")
        .value("UnsetEnvironment", "as")
        .value("WorkingDirectory", "s")
        .value("StandardInput", "s")
        .value("StandardOutput", "s")
        .value("StandardError", "s")
        .value("ExecSearchPath", "as")
        .value("IgnoreSIGPIPE", "b");
  }

  @Override
  public Object value(Subject subject, String property) {
    var exec = of.apply(subject);
    return switch (property) {
      case "Environment" -> exec.environment().assignments();
      case "EnvironmentFiles" -> files(exec.environment());
      case "PassEnvironment" -> exec.environment().passed();
      case "UnsetEnvironment" -> exec.environment().unset();
      case "WorkingDirectory" -> directory(exec.workingDirectory());
      case "StandardInput" -> stream(exec.streams().input());
      case "StandardOutput" -> stream(exec.streams().output());
      case "StandardError" -> stream(exec.streams().error());
      case "ExecSearchPath" -> exec.searchPath();
      case "IgnoreSIGPIPE" -> exec.priority().ignoresSigpipe();
      default -> throw Table.Part.unknown(property);
    };
  }

  private static List<Object> files(EnvironmentSettings environment) {
    var files = new ArrayList<Object>();
    for (var file : environment.files()) {
      files.add(new Object[] {file.path(), file.optional()});
    }
    return files;
  }

  private static String directory(ExecSettings.WorkingDirectory directory) {
    String path = directory.path();
    return (directory.optional() ? "!" : "") + (path == null ? "~" : path);
  }

  private static String stream(Stream stream) {
    return switch (stream) {
      case Stream.Inherit _ -> "inherit";
      case Stream.Null _ -> "null";
      case Stream.Journal _ -> "journal";
      case Stream.Data _ -> "data";
      case Stream.File _ -> "file";
      case Stream.Socket _ -> "socket";
      case Stream.Named _, Stream.Given _ -> "fd";
    };
  }

  /**
   * A command.
   *
   * @param ran its process; empty: it has not run
   */
  static Object command(CommandLine command, Optional<ServiceController.Main> ran) {
    var began = ran.map(ServiceController.Main::began);
    var ended = ran.flatMap(ServiceController.Main::ended);
    return new Object[] {
      command.program(),
      command.words(),
      command.ignoresFailure(),
      Amounts.unsigned(Amounts.wall(began)),
      Amounts.unsigned(Amounts.monotonic(began)),
      Amounts.unsigned(Amounts.wall(ended)),
      Amounts.unsigned(Amounts.monotonic(ended)),
      ran.map(main -> (long) main.pid()).orElse(0L),
      ran.map(ExecValues::code).orElse(0),
      ran.map(ExecValues::status).orElse(0)
    };
  }

  /** How a process ended, as waitid(2) says it; 0: it has not. */
  static int code(ServiceController.Main main) {
    return main.status()
        .map(status -> status.signal() == 0 ? EXITED : status.core() ? DUMPED : KILLED)
        .orElse(0);
  }

  /** The exit code, or the signal. */
  static int status(ServiceController.Main main) {
    return main.status()
        .map(status -> status.signal() == 0 ? status.code() : status.signal())
        .orElse(0);
  }
}
