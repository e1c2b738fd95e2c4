package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.freedesktop.dbus.types.UInt64;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.exec.EnvironmentSettings;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.exec.StreamSettings.Stream;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.unit.Spelling;

/** How processes run and are ended, as services and sockets show it. */
final class ExecValues {
  /** The kernel's codes for a process that exited, and for one that a signal ended. */
  private static final int EXITED = 1;

  private static final UInt64 NEVER = Amounts.unsigned(0);

  private static final int KILLED = 2;
  private static final int DUMPED = 3;

  private ExecValues() {}

  static Table.Part<Subject> exec(Function<Subject, ExecSettings> of) {
    return table ->
        table
            .value("Environment", "as", s -> of.apply(s).environment().assignments())
            .value("EnvironmentFiles", "a(sb)", s -> files(of.apply(s).environment()))
            .value("PassEnvironment", "as", s -> of.apply(s).environment().passed())
            .value("UnsetEnvironment", "as", s -> of.apply(s).environment().unset())
            .value("WorkingDirectory", "s", s -> directory(of.apply(s).workingDirectory()))
            .value("StandardInput", "s", s -> stream(of.apply(s).streams().input()))
            .value("StandardOutput", "s", s -> stream(of.apply(s).streams().output()))
            .value("StandardError", "s", s -> stream(of.apply(s).streams().error()))
            .value("ExecSearchPath", "as", s -> of.apply(s).searchPath())
            .value("IgnoreSIGPIPE", "b", s -> of.apply(s).priority().ignoresSigpipe());
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

  static Table.Part<Subject> kill(Function<Subject, KillSettings> of) {
    return table ->
        table
            .value("KillMode", "s", s -> Spelling.of(of.apply(s).mode()))
            .value("KillSignal", "i", s -> of.apply(s).signal().number())
            .value("RestartKillSignal", "i", s -> of.apply(s).restartSignal().number())
            .value("FinalKillSignal", "i", s -> of.apply(s).finalSignal().number())
            .value("WatchdogSignal", "i", s -> of.apply(s).watchdogSignal().number())
            .value("SendSIGKILL", "b", s -> of.apply(s).sendsFinalKill())
            .value("SendSIGHUP", "b", s -> of.apply(s).sendsHangup());
  }

  /** Commands that have not run. */
  static List<Object> commands(List<CommandLine> commands) {
    var all = new ArrayList<Object>();
    for (var command : commands) {
      all.add(
          new Object[] {
            command.program(),
            command.words(),
            command.ignoresFailure(),
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            0L,
            0,
            0
          });
    }
    return all;
  }

  /** The command of a main process. */
  static List<Object> ran(CommandLine command, ServiceController.Main main) {
    return List.of(
        (Object)
            new Object[] {
              command.program(),
              command.words(),
              command.ignoresFailure(),
              Amounts.unsigned(Amounts.wall(Optional.of(main.began()))),
              Amounts.unsigned(Amounts.monotonic(Optional.of(main.began()))),
              Amounts.unsigned(Amounts.wall(main.ended())),
              Amounts.unsigned(Amounts.monotonic(main.ended())),
              (long) main.pid(),
              code(main),
              status(main)
            });
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
