package org.usersvc.daemon.main;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Logins;
import org.usersvc.daemon.activation.Mirror;
import org.usersvc.daemon.activation.Remembrance;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.activation.UserFiles;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.adopt.Memory;
import org.usersvc.daemon.definition.Definitions;
import org.usersvc.daemon.definition.Enablement;
import org.usersvc.daemon.definition.Enabling;
import org.usersvc.daemon.environment.BaseEnvironment;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.log.LogKeeper;
import org.usersvc.daemon.log.LogKeepers;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.mounts.PatientFiles;
import org.usersvc.daemon.mounts.PatientWatches;
import org.usersvc.daemon.mounts.SlowPaths;
import org.usersvc.daemon.os.DescriptorLimit;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.MountWatch;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;
import org.usersvc.daemon.os.PosixProcesses;
import org.usersvc.daemon.os.Reexec;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.session.Captured;
import org.usersvc.daemon.socket.ControlSocket;
import org.usersvc.daemon.socket.Doors;
import org.usersvc.daemon.state.Header;
import org.usersvc.daemon.state.Recollection;
import org.usersvc.daemon.state.StateFile;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * The parts put together. What the first services do not need, the control socket and the log,
 * comes up after they have been started.
 */
final class Daemon {
  private static final int HANGUP_STATUS = 111;

  /** What clients, peers and buses send and do not read may take so many bytes. */
  private static final long MOST_WAITING = 16 * 1024 * 1024;

  /** So long the end of the daemon waits for a slow disk. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(2);

  private final Settings settings;
  private final LogMessages messages = new LogMessages();
  private final Ground ground;
  private final EventLoop loop;
  private final DescriptorLimit limit;
  private final PatientFiles files;
  private final int uid = SelfProcess.uid();
  private final Places places;
  private final Platform platform;
  private final Budget budget;
  private final LogKeepers logs;
  private final Supervisor supervisor;
  private final Operations operations;
  private final Sessions sessions;
  private final Activation activation;
  private final Rescan rescan;
  private final Logins logins;
  private final StateFile state;
  private final Adoption adoption;
  private final Memory memory;
  private final Remembrance remembrance;
  private final Enablement enabling;
  private final Keeper keeper;
  private final CrashReports crashReports;
  private final LastEnd lastEnd;
  private @Nullable Mirror mirror;
  private @Nullable ControlSocket socket;
  private @Nullable DesktopBuses buses;
  private final Replacement replacement;
  private boolean takesOver;
  private int exitStatus;

  /** With the settings, and the arguments that they were given by. */
  Daemon(Settings settings, List<String> arguments) throws Fatal, IOException {
    this.settings = settings;
    this.ground = Ground.take(settings, messages);
    this.loop = ground.loop();
    this.files = ground.files();
    this.places = ground.places();
    var handover = ground.handover();
    var environment = ground.environment();
    this.budget = new Budget(MOST_WAITING, loop.timers(), messages::warn);
    this.limit = new DescriptorLimit(handover == null ? 0 : handover.limit());
    this.platform = platform();
    expectHangs();
    this.logs = logKeepers();
    this.adoption = new Adoption(platform);
    this.supervisor =
        new Supervisor(
            platform,
            new Supervisor.Listeners(logs, new UnixDatagrams(), uid, SelfProcess.pid()),
            adoption,
            places.scanDirectory());
    this.operations = new Operations(supervisor, loop, logs);
    var self = new Self(SelfProcess.pid(), uid, environment);
    this.sessions = new Sessions(platform, ground.sockets(), self);
    var base = BaseEnvironment.of(environment, Captured.NAMES);
    this.enabling = enabling(environment);
    var userFiles = new UserFiles(files, messages, UserFiles.SYSTEM);
    this.activation = new Activation(() -> userFiles.over(base), sessions, loop);
    this.rescan = new Rescan(activation::reread, supervisor);
    activation.onChange(this::environmentChanged);
    activation.onLoss(supervisor::variablesLost);
    activation.onSettled(supervisor::environmentSettled);
    supervisor.environment(activation.current());
    this.logins = new Logins(platform, supervisor, sessions, places.logins());
    this.state = stateFile();
    this.lastEnd = new LastEnd(files, places.state(), settings.runtimeName());
    this.memory = new Memory(platform, state);
    this.remembrance = new Remembrance(files, state, sessions, activation);
    recollect();
    this.keeper = new Keeper(platform, SelfProcess.option("usersvc.keeper"));
    this.crashReports = new CrashReports(files, places.state(), SelfProcess.pid());
    this.replacement =
        new Replacement(platform, supervisor, itself(arguments, environment), new Luggage());
  }

  private Platform platform() throws IOException {
    String helper = Installation.program(files, "usersvc.exec");
    var parts = new PosixProcesses.Parts(ground.spawner(), limit, files, loop, helper);
    var processes = new PosixProcesses(parts);
    var inotify = new InotifyWatches();
    var watches = new PatientWatches(inotify, inotify::forOtherThread, files);
    return new Platform(
        files, processes, watches, loop, messages, places.runtime(), ground.claims());
  }

  /** What is mounted now, and from now on. */
  private void followMounts() {
    var mounts = new MountWatch(loop);
    mounts.onChange(this::mountsChanged);
    mounts.onChange(supervisor::lookAtAll);
    files.onAnswer(supervisor::lookAtAll);
    mountsChanged();
  }

  private void mountsChanged() {
    files.mountsChanged();
    logs.mountsChanged();
    expectHangs();
  }

  private void expectHangs() {
    if (!files.isAllLocal()) {
      ground.spawner().expectHangs();
    }
  }

  private Enablement enabling(Environment environment) throws IOException {
    String share = SelfProcess.option("usersvc.share");
    var definitions = new Definitions(files, Definitions.directories(environment, share));
    var enabling = new Enabling(files, definitions, platform.runtime().supervise());
    return new Enablement(enabling, supervisor, operations, loop);
  }

  /** The script that this program was started by, on the same arguments. */
  private static Reexec.@Nullable Program itself(List<String> arguments, Environment environment)
      throws IOException {
    String launcher = SelfProcess.option("usersvc.launcher");
    return launcher == null ? null : new Reexec.Program(launcher, arguments, environment);
  }

  /** What goes from this program to the one that takes its place. */
  private final class Luggage implements Replacement.Belongings {
    @Override
    public String pack() {
      remember();
      if (!places.runtime().isThere()) {
        return places.runtime().path() + " is gone, where the next one looks for what runs";
      }
      if (!state.isWritten()) {
        return "what the next one has to know cannot be written";
      }
      messages.close();
      logs.pause(LOG_PATIENCE);
      return "";
    }

    @Override
    public void unpack() {
      logs.resume();
      messages.reopen(settings.verbose(), logs);
    }

    @Override
    public Handover handover(long since, List<Handover.Asker> askers) {
      var all = new ArrayList<>(ground.kept().all());
      askers.forEach(asker -> all.add(asker.descriptor()));
      return new Handover(SelfProcess.pid(), limit.original(), since, all, askers);
    }
  }

  private StateFile stateFile() {
    var header = Header.of(files, SelfProcess.pid());
    return new StateFile(files, places.runtime().path() + "/state", header, this::warnOfRuntime);
  }

  /** Nothing is said of what follows from trouble that is known. */
  private void warnOfRuntime(String line) {
    if (places.runtime().failed()) {
      messages.warn(line);
    }
  }

  /** Takes over what an earlier daemon has left that did not come to its end. */
  private void recollect() {
    boolean unended = lastEnd.isMissing();
    var read = state.read(uid);
    var found = unended && !read.earlier() ? Recollection.LOST : read;
    sessions.restore(found.sessions(), found.lastSession());
    if (!activation.restore(found.byHand())) {
      messages.warn("what was set by usersvc env has more than 1 MiB, forgetting it");
    }
    memory.recall(found.processes());
    supervisor.watch(memory);
    adoption.begin(found, uid, ground.handover() != null, memory);
    takesOver = found.earlier();
    // Before the status files: what clients are shown is known to the next daemon, too.
    loop.at(TurnEnd.RECORD, this::remember);
    if (ground.handover() == null) { // else it has been done, and what has gone since stays away
      sessions.registerOwn();
    }
  }

  private void remember() {
    memory.write();
    remembrance.write();
    state.flush();
  }

  private LogKeepers logKeepers() {
    var parts = new LogKeepers.Parts(loop, this::logKeeper, files.slowPaths(), messages::warn);
    return new LogKeepers(parts, places.logs(), places.runtime().path() + "/ledger");
  }

  private LogKeeper.Parts logKeeper() {
    return new LogKeeper.Parts(
        new EpollPoller(),
        PosixFileSystem::new,
        PosixLogFiles::new,
        SlowPaths::new,
        new LogThread(loop, messages)::run,
        line -> loop.mailbox().post(() -> messages.warn(line)),
        bug -> loop.mailbox().post(() -> messages.bug(bug)));
  }

  private void environmentChanged() {
    supervisor.environment(activation.current());
    if (mirror != null) {
      mirror.update(activation.base(), activation.current());
    }
  }

  /** Runs until told to end; returns the exit status. */
  int run() {
    SelfProcess.onSignal("TERM", name -> end(0));
    SelfProcess.onSignal("INT", name -> end(0));
    SelfProcess.onSignal("USR2", _ -> loop.mailbox().post(replacement::ask));
    SelfProcess.onSignal("HUP", name -> end(HANGUP_STATUS));
    supervisor.hold(logins.isLingering());
    if (takesOver) { // nothing has to be started before clients are answered
      openTheRest();
      loop.soon(supervisor::start);
    } else {
      supervisor.start();
      loop.soon(this::openTheRest);
    }
    loop.at(TurnEnd.SEND, messages::flush);
    loop.run();
    platform.processes().giveUpLate();
    if (buses != null) {
      buses.close();
    }
    if (socket != null) {
      socket.close();
    }
    state.delete();
    keeper.end();
    crashReports.end();
    lastEnd.note();
    messages.close();
    logs.close(LOG_PATIENCE);
    return exitStatus;
  }

  private void openTheRest() {
    messages.open(settings.verbose(), logs);
    logs.start();
    keeper.begin();
    crashReports.begin();
    logs.own(
        "usersvcd %s, pid %d, supervises %s"
            .formatted(Version.TEXT, SelfProcess.pid(), supervisor.scanDirectory()));
    mirror = new Mirror(files, this::warnOfRuntime, places.runtime().path());
    mirror.update(activation.base(), activation.current());
    logins.begin();
    followMounts();
    var doors =
        new Doors(
            platform,
            supervisor,
            operations,
            sessions,
            activation,
            rescan,
            enabling,
            this::join,
            replacement);
    String path = places.runtime().path() + "/control";
    socket = new ControlSocket(doors, ground.sockets(), budget, path, uid);
    try {
      socket.settle();
    } catch (FileFault fault) {
      messages.warn(fault.getMessage() + "; usersvc cannot reach this daemon, sv can");
      places.runtime().failed(fault);
    }
    followRuntime(mirror, socket);
    loop.soon(this::openBuses);
  }

  /** What is in the runtime directory is made anew when that is another one. */
  private void followRuntime(Mirror mirror, ControlSocket socket) {
    var runtime = places.runtime();
    runtime.add(state::restore);
    runtime.add(mirror::settle);
    runtime.add(logs::settle);
    runtime.add(keeper::settle);
    runtime.add(socket::settle);
    runtime.spare(places.state());
    var way = supervisor.pathWatch(runtime::changed);
    runtime.begin(new RuntimeDirectory.Attention(loop, way::followInto, messages::warn));
  }

  private void openBuses() {
    var parts =
        new DesktopBuses.Parts(
            platform,
            operations,
            ground.sockets(),
            budget,
            sessions,
            activation,
            rescan,
            settings.busName());
    buses = new DesktopBuses(parts, supervisor, uid);
    buses.begin(supervisor);
    replacement.begin(socket);
    var handover = ground.handover();
    if (handover != null) {
      var succession = new Succession(handover, ground.kept(), loop, messages);
      supervisor.whenSettled(() -> succession.complete(socket, files));
    }
  }

  private void join(String address, Consumer<String> answer) {
    if (buses == null) {
      loop.soon(() -> join(address, answer)); // it comes up a turn later
    } else {
      buses.take(address, answer);
    }
  }

  private void end(int status) {
    loop.mailbox().post(() -> stop(status));
  }

  private void stop(int status) {
    if (supervisor.isStopping()) {
      supervisor.hurry();
    } else {
      exitStatus = status;
      supervisor.stop(loop::stop);
    }
  }
}
