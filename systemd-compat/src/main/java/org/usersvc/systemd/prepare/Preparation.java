package org.usersvc.systemd.prepare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Launch;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Pieces;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.Traits;
import org.usersvc.systemd.condition.Facts;
import org.usersvc.systemd.exec.ExecDirectory;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecDirectory.Preserve;
import org.usersvc.systemd.exec.ExecSettings;

/** Prepares the commands of units for the launcher. <b>Loop thread only.</b> */
public final class Preparation {
  /** The classes of ioprio_set(2). */
  private static final int IO_REALTIME = 1;

  private static final int IO_BEST_EFFORT = 2;
  private static final int IO_IDLE = 3;

  private static final int UMASK = 0022;

  /** The level of best-effort scheduling where no file sets one, as ioprio_set(2) has it. */
  private static final int IO_LEVEL = 4;

  private final FileSystem files;
  private final Account account;
  private final Supplier<Environment> manager;
  private final UnitDirectories directories;
  private final OwnIdentity identity;

  /**
   * @param manager the environment of a process that starts now
   * @param runtime the value of {@code XDG_RUNTIME_DIR}
   * @param facts about the user
   */
  public Preparation(
      FileSystem files,
      Account account,
      Supplier<Environment> manager,
      String runtime,
      Facts facts) {
    this.files = files;
    this.account = account;
    this.manager = manager;
    this.directories = new UnitDirectories(files, account, runtime);
    this.identity = new OwnIdentity(facts);
  }

  /**
   * A command that is ready to be launched.
   *
   * @param opened descriptors to be closed when it is launched, or will never be
   */
  public record Prepared(Launch launch, List<Integer> opened) {}

  /**
   * Prepares a command; makes the directories of its unit.
   *
   * @param refused called with the limits that the kernel has refused; the command runs without
   * @throws ExecFault if it cannot be executed
   */
  public Prepared prepare(CommandOrder order, Consumer<List<Refusal>> refused) throws ExecFault {
    var exec = order.exec();
    if (!order.command().keepsUser()) {
      identity.check(exec.identity());
    }
    var base = account.complete(manager.get());
    directories.make(exec.directories(), base);
    var told = new LinkedHashMap<>(order.told());
    told.putAll(directories.variables(exec.directories(), base));
    var environment = new UnitEnvironment(files, account).compose(base, told, exec);
    var program =
        new ProgramChoice(files, account)
            .choose(order.command(), environment, ProgramChoice.search(base, exec.searchPath()));
    var streams = new StandardStreams(files, exec.streams(), order.log(), order.passed());
    var chosen = streams.choose();
    var launch =
        new Launch(
            program,
            directory(exec.workingDirectory()),
            environment,
            new Confinement(limits(exec.limits()), traits(exec.priority(), order), refused),
            chosen);
    return new Prepared(launch, List.copyOf(streams.opened()));
  }

  private String directory(ExecSettings.WorkingDirectory wanted) {
    String path = wanted.path() == null ? account.home() : wanted.path();
    return wanted.optional() && !isDirectory(path) ? "/" : path;
  }

  private boolean isDirectory(String path) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, path);
      return found != null && found.isDirectory();
    } catch (FileFault ignored) { // it cannot be entered
      return false;
    }
  }

  private static Limits limits(Limits limits) {
    return limits.umask() == null ? new Limits(limits.resources(), limits.nice(), UMASK) : limits;
  }

  private static Traits traits(ExecSettings.Priority priority, CommandOrder order) {
    return new Traits(
        order.pidNames(),
        priority.ignoresSigpipe(),
        priority.oomScoreAdjust(),
        ioPriority(priority));
  }

  private static Traits.@Nullable IoPriority ioPriority(ExecSettings.Priority priority) {
    var type = priority.ioClass();
    var level = priority.ioPriority();
    if (type == null && level == null) {
      return null;
    }
    int number = level == null ? IO_LEVEL : level;
    return switch (type == null ? ExecSettings.IoClass.BEST_EFFORT : type) {
      case NONE -> null;
      case REALTIME -> new Traits.IoPriority(IO_REALTIME, number);
      case BEST_EFFORT -> new Traits.IoPriority(IO_BEST_EFFORT, number);
      case IDLE -> new Traits.IoPriority(IO_IDLE, 0);
    };
  }

  /** The account that the commands run under. */
  public Account account() {
    return account;
  }

  /**
   * The work that removes the runtime directories of a unit that is down.
   *
   * @param restart whether it is started again at once
   * @param done run when they are removed
   * @return null if they are to stay
   */
  public Pieces.@Nullable Work removal(
      Map<Kind, ExecDirectory> all, boolean restart, Runnable done) {
    var runtime = all.get(Kind.RUNTIME);
    if (runtime == null || isKept(runtime.preserve(), restart)) {
      return null;
    }
    return cleaning(all, Set.of(Kind.RUNTIME), done);
  }

  /**
   * The work that removes directories of some kinds.
   *
   * @param done run when they are removed
   */
  public Pieces.Work cleaning(Map<Kind, ExecDirectory> all, Set<Kind> kinds, Runnable done) {
    var base = account.complete(manager.get());
    var paths = new ArrayList<String>();
    all.forEach((kind, directory) -> {
      if (kinds.contains(kind)) {
        paths.addAll(directories.paths(kind, directory, base));
      }
    });
    return new TreeRemoval(files, paths, done);
  }

  private static boolean isKept(Preserve preserve, boolean restart) {
    return switch (preserve) {
      case YES -> true;
      case RESTART -> restart;
      case NO -> false;
    };
  }
}
