package org.usersvc.daemon.main;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Mirror;
import org.usersvc.daemon.extension.Whole;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.mechanism.Departures;
import org.usersvc.daemon.os.Background;
import org.usersvc.daemon.os.MountWatch;
import org.usersvc.daemon.os.Reexec;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * The parts put together, each on those above it:
 *
 * <pre>
 * Ground        files, processes, places and locks, as the kernel gives them
 * Logging       the built-in logger
 * Supervision   services, sessions, the environment
 * Continuity    the state from an earlier daemon and for the next one
 * Replacement   puts another program in the place of this one
 * Access        the control socket, D-Bus
 * </pre>
 *
 * <p>Parts that the first services do not need begin after these have been started: the precautions
 * against a crash, and all access. At the end all parts end in the reverse order.
 */
final class Daemon {
  private static final int HANGUP_STATUS = 111;

  private final Settings settings;
  private final LogMessages messages;
  private final Endings endings;
  private final Ground ground;
  private final EventLoop loop;
  private final Logging logging;
  private final Supervision supervision;
  private final Continuity continuity;
  private final Replacement replacement;
  private final Keeper keeper;
  private final Departures departures;
  private final Background background;
  private int exitStatus;

  /**
   * Takes the settings, the arguments with which it is replaced, and what is notified when it is
   * ready.
   */
  Daemon(Settings settings, List<String> arguments, Background background)
      throws Fatal, IOException {
    this.background = background;
    this.settings = settings;
    this.messages = new LogMessages(settings.verbose());
    this.endings = new Endings(messages::bug);
    this.ground = Ground.take(settings, messages);
    this.loop = ground.platform().loop();
    this.logging = new Logging(ground, messages);
    this.supervision = Supervision.on(ground, logging.keepers());
    this.continuity = new Continuity(ground, supervision, settings.runtimeName());
    this.replacement =
        new Replacement(
            ground.platform(),
            supervision.supervisor(),
            itself(arguments),
            new HandoverState(ground, continuity, logging),
            new Reexec(ground.files())::replaceBy);
    this.departures = new Departures(loop);
    String program = SelfProcess.option("usersvc.keeper");
    this.keeper = new Keeper(ground.platform(), program, ground.held());
  }

  /** The script that has started this program, with the same arguments. */
  private Reexec.@Nullable Program itself(List<String> arguments) throws IOException {
    String launcher = SelfProcess.option("usersvc.launcher");
    return launcher == null ? null : new Reexec.Program(launcher, arguments, ground.environment());
  }

  /** Runs until a signal ends it; returns the exit status. */
  int run() {
    var supervisor = supervision.supervisor();
    endings.add(logging::close);
    boolean takesOver = continuity.begin(endings);
    SelfProcess.onSignal("TERM", name -> end(name, 0));
    SelfProcess.onSignal("INT", name -> end(name, 0));
    SelfProcess.onSignal("USR2", _ -> loop.mailbox().post(replacement::ask));
    SelfProcess.onSignal("HUP", name -> end(name, HANGUP_STATUS));
    supervisor.hold(supervision.logins().isLingering());
    if (takesOver) { // clients are answered before services are started
      ground.platform().processes().keepOrphans();
      logging.begin();
      openTheRest();
      loop.soon(supervisor::start);
    } else {
      supervisor.start(); // opens services in the first turn, and starts them in the second
      loop.soon(logging::begin); // until then the pipes hold the output
      loop.soon(() -> loop.soon(this::openTheRestAsAsked));
    }
    loop.at(TurnEnd.SEND, messages::flush);
    loop.run();
    ground.platform().processes().giveUpLate();
    endings.run();
    return exitStatus;
  }

  /** Opens the rest in the same turn, after the first services have been started. */
  private void openTheRestAsAsked() {
    loop.requests()
        .add(() -> {
          openTheRest();
          return false;
        });
  }

  private void openTheRest() {
    endings.add(keeper::end);
    keeper.recall();
    keeper.begin();
    var crashReports = new CrashReports(ground.files(), ground.places().state(), SelfProcess.pid());
    endings.add(crashReports::end);
    crashReports.begin();
    logging
        .keepers()
        .own(
            "usersvcd %s, pid %d, supervises %s"
                .formatted(
                    Version.TEXT, SelfProcess.pid(), supervision.supervisor().scanDirectory()));
    mirrorEnvironment();
    supervision.logins().begin();
    followMounts();
    ground.places().runtime().add(logging.keepers()::settle);
    ground.places().runtime().add(keeper::settle);
    var access = new Access(ground, supervision, replacement);
    access.openSocket(endings);
    background.ready();
    followRuntime();
    loop.soon(() -> openBuses(access));
  }

  /** Mirrors the changes of the environment as files. */
  private void mirrorEnvironment() {
    var runtime = ground.places().runtime();
    var activation = supervision.activation();
    var mirror = new Mirror(ground.files(), ground::warnOfRuntime, runtime.path());
    mirror.update(activation.base(), activation.current());
    activation.onChange(() -> mirror.update(activation.base(), activation.current()));
    runtime.add(mirror::settle);
  }

  /** Looks at the mounts, now and after each change. */
  private void followMounts() {
    var supervisor = supervision.supervisor();
    var mounts = new MountWatch(loop);
    mounts.onChange(this::mountsChanged);
    mounts.onChange(supervisor::lookAtAll);
    ground.files().onAnswer(supervisor::lookAtAll);
    mountsChanged();
  }

  private void mountsChanged() {
    ground.files().mountsChanged();
    logging.keepers().mountsChanged();
    ground.lookAtMounts();
  }

  /** Makes the files of the runtime directory anew if it is replaced. */
  private void followRuntime() {
    var runtime = ground.places().runtime();
    runtime.spare(ground.places().state());
    var way = supervision.supervisor().pathWatch(runtime::changed, runtime::changed);
    runtime.begin(
        new RuntimeDirectory.Attention(new Alarm(loop.timers()), way::followInto, messages::warn));
  }

  private void openBuses(Access access) {
    try {
      var workshop =
          new Workshop(ground, supervision.supervisor(), logging.keepers(), continuity.state());
      var extras = new DesktopBuses.Extras(workshop::mechanisms, departures, new Itself());
      access.openBuses(settings.busName(), extras, endings);
    } finally {
      replacement.begin(access.socket());
      answerReplaced(access);
      reapWhenAllAreResumed();
    }
  }

  /** Service directories are resumed as they are opened, units soon. */
  private void reapWhenAllAreResumed() {
    var processes = ground.platform().processes();
    supervision.supervisor().whenSettled(() -> loop.soon(processes::reapOrphans));
  }

  private void answerReplaced(Access access) {
    var supervisor = supervision.supervisor();
    var handover = ground.handover();
    if (handover == null) {
      supervisor.whenSettled(ground.held()::closeRest);
      return;
    }
    var succession = new HandoverEnd(handover, ground.held(), loop, messages);
    supervisor.whenSettled(() -> succession.complete(access.socket(), ground.files()));
  }

  /** Called on the thread of signals. */
  private void end(String signal, int status) {
    var cause = new StopSignal(signal, SelfProcess.senderOf(signal));
    loop.mailbox()
        .post(() -> {
          messages.info(isStopping() ? cause.hurries() : cause.stops(livingServices()));
          stop(status);
        });
  }

  private long livingServices() {
    return supervision.services().all().stream().filter(one -> one.view().lives()).count();
  }

  /** What extensions can do with the daemon. */
  private final class Itself implements Whole {
    @Override
    public void end(int status) {
      loop.soon(() -> {
        if (!isStopping()) {
          stop(status);
        }
      });
    }

    @Override
    public void replace(Consumer<String> refused) {
      replacement.ask(refused);
    }

    @Override
    public Level logLevel() {
      return messages.level();
    }

    @Override
    public void logLevel(Level level) {
      messages.level(level);
    }
  }

  private boolean isStopping() {
    return supervision.supervisor().isStopping() || departures.isGoingOn();
  }

  private void stop(int status) {
    var supervisor = supervision.supervisor();
    if (supervisor.isStopping()) {
      supervisor.hurry();
    } else if (departures.isGoingOn()) {
      departures.hurry();
    } else {
      exitStatus = status;
      supervisor.startNone(); // a crowd that restarts all the time would delay the departures
      departures.stop(() -> supervisor.stop(loop::stop));
    }
  }
}
