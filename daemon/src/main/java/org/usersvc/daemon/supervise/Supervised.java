package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Backoff;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/**
 * One supervised process, a service's run or its logger: its state, the letters that wait, and the
 * files of its supervise/. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: state changes only in {@link #feed}. INVARIANT: letters are fed in the order they
 * came, one at a time, and none while a control script runs.
 */
public final class Supervised {
  private final ServiceRecord service;
  private final boolean logger;
  private final ServiceDirectory directory;
  private ControlFiles control;
  private final EffectPerformer performer;
  private final ServiceEnvironment environment;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private final Letters letters;
  private final Platform platform;
  private ServiceState state;
  private Instant since;
  private long startedNanos;
  private long endedNanos;
  private boolean unaskedEnd;
  private long starts;
  private int deaths;
  private @Nullable ExitStatus lastExit;
  private Timers.@Nullable Armed restart;
  private boolean closed;
  private boolean feeding;
  private boolean statusLost;

  Supervised(ServiceRecord service, boolean logger, ServiceDirectory directory, Opened opened) {
    this.service = service;
    this.logger = logger;
    this.directory = directory;
    this.control = opened.control();
    this.platform = opened.shared().platform();
    this.letters = new Letters(this, platform);
    this.performer = new EffectPerformer(this, opened.shared());
    this.environment = new ServiceEnvironment(this, opened.shared());
    this.state = ServiceState.initial(directory.isDown() ? Wanted.DOWN : Wanted.UP);
    this.since = platform.loop().clock().wall();
  }

  /**
   * What a supervised process is opened with.
   *
   * @param shared what all processes share
   */
  record Opened(ControlFiles control, Shared shared) {}

  public ServiceState state() {
    return state;
  }

  public Status status() {
    return new Status(state, since);
  }

  /** When run was started, or went down. */
  public Instant since() {
    return since;
  }

  public ServiceDirectory directory() {
    return directory;
  }

  /** Whether it starts by itself. */
  public boolean isNormallyUp() {
    return !closed && !directory.isDown();
  }

  /** How often run has ended without having been asked to. */
  public int deaths() {
    return deaths;
  }

  /** How often run has been started. */
  public long starts() {
    return starts;
  }

  /** How run ended last, null if it has not ended yet. */
  public @Nullable ExitStatus lastExit() {
    return lastExit;
  }

  /** The variables that needs-env named when run was last to be started, each once. */
  public List<String> neededNames() {
    return List.copyOf(environment.needs().names());
  }

  /** What is not set of what it needs, as {@code A or B}. */
  public List<String> missing() {
    return environment.missing();
  }

  /** What a run that is started now would get. */
  public Environment environmentNow() {
    return environment.now();
  }

  /** What the run that was started last was given. */
  public Environment environmentGiven() {
    return environment.given();
  }

  ServiceEnvironment environment() {
    return environment;
  }

  /** The activation environment has changed: what is waited for may be there. */
  void environmentArrived() {
    if (state.phase() instanceof Phase.Waiting) {
      if (missing().isEmpty()) {
        feed(new Event.EnvironmentChanged());
      } else {
        service.changed(this);
      }
    }
  }

  /** The activation environment has come to rest: what has gone or changed ends run. */
  void environmentChanged() {
    switch (state.phase()) {
      case Phase.Running _ when !environment.outdated() -> {}
      case Phase.Running _, Phase.BackingOff _, Phase.Finishing _ ->
          feed(new Event.EnvironmentChanged());
      case Phase.Waiting _, Phase.Down _, Phase.Incomplete _, Phase.Preparing _ -> {}
      case Phase.Starting _ -> {}
      case Phase.FinishStarting _, Phase.Gone _ -> {}
    }
  }

  /** When the restart delay ends, null if none runs. */
  public @Nullable Duration untilRestart() {
    return restart == null ? null : restart.left();
  }

  public boolean isLogger() {
    return logger;
  }

  public ServiceRecord service() {
    return service;
  }

  /** The name that messages and clients use: {@code foot} or {@code foot/log}. */
  public String name() {
    return logger ? service.name() + "/log" : service.name();
  }

  /** The same as native text. */
  public String nativeName() {
    return logger ? service.nativeName() + "/log" : service.nativeName();
  }

  /** Where its directory is now, for messages. */
  String path() {
    String path = platform.files().pathOf(directory.descriptor());
    return NativeText.printable(path == null ? name() + " (deleted)" : path);
  }

  ControlFiles control() {
    return control;
  }

  Timers timers() {
    return platform.loop().timers();
  }

  /** Starts unless the directory says down; writes the first status in any case. */
  void begin() {
    service.changed(this);
    if (state.wanted() == Wanted.UP) {
      feed(new Event.Asked(Command.UP));
    }
  }

  /** One letter, from whichever door. A logger does not know exit (runsv.c, ctrl). */
  public void tell(Command command) {
    if (logger && command == Command.EXIT) {
      return;
    }
    unaskedEnd &= command != Command.UP; // whoever asks for a start need not wait
    letters.add(command);
    feedLetters();
  }

  private void feedLetters() {
    while (!feeding && state.script() == null && !letters.isEmpty()) {
      feed(new Event.Asked(letters.remove()));
    }
    if (letters.isEmpty() && control.isOpen() && !closed) {
      letters.listen();
    }
  }

  /** Lets the event happen, with all that follows at once. */
  void feed(Event event) {
    events.add(event);
    if (feeding) {
      return;
    }
    feeding = true;
    try {
      for (var next = events.poll(); next != null; next = events.poll()) {
        take(next);
      }
    } finally {
      feeding = false;
    }
    feedLetters();
  }

  private void take(Event event) {
    var before = state;
    note(event);
    var transition = Lifecycle.step(state, event);
    state = transition.next();
    if (!state.equals(before)) {
      noteTime(before.phase());
      service.changed(this);
    }
    for (var effect : transition.effects()) {
      performer.perform(effect);
    }
    if (!before.phase().getClass().equals(state.phase().getClass())) {
      service.moved(this, before.phase());
    }
  }

  private void note(Event event) {
    if (event instanceof Event.RunEnded(ExitStatus status, Duration _)) {
      lastExit = status;
      unaskedEnd = !meant(state.phase());
      endedNanos = platform.loop().clock().nanos();
      deaths += state.wanted() == Wanted.UP && unaskedEnd ? 1 : 0;
    } else if (event instanceof Event.RunStarted) {
      startedNanos = platform.loop().clock().nanos();
      starts++;
    }
  }

  /** Whether run has ended a moment ago, and by itself. */
  boolean hasJustEnded() {
    long since = platform.loop().clock().nanos() - endedNanos;
    return unaskedEnd && since < Backoff.SETTLING.toNanos();
  }

  private static boolean meant(Phase phase) {
    return phase instanceof Phase.Running running && (running.termSent() || running.outdated());
  }

  /** The time in the status is that of the start of run, then that of going down. */
  private void noteTime(Phase before) {
    var shown = Status.shown(state.phase());
    boolean begun = state.phase() instanceof Phase.Running && !(before instanceof Phase.Running);
    boolean ended = shown == Status.Shown.DOWN && Status.shown(before) != Status.Shown.DOWN;
    if (begun || ended) {
      since = platform.loop().clock().wall();
    }
  }

  void runEnded(ExitStatus status) {
    feed(new Event.RunEnded(status, ranFor()));
  }

  /** How long run has been running, or had been when it ended just now. */
  Duration ranFor() {
    return Duration.ofNanos(platform.loop().clock().nanos() - startedNanos);
  }

  void restartTimer(Timers.@Nullable Armed timer) {
    if (restart != null) {
      restart.cancel();
    }
    restart = timer;
  }

  /** Whether clients find it under supervise/. */
  boolean answers() {
    return control.isOpen();
  }

  /**
   * Brings supervise/ up to date, and makes it at first; a full disk is told once and tried again
   * at the next change.
   */
  void writeStatus() {
    if (closed) {
      return;
    }
    try {
      if (!control.take()) {
        giveWay();
        return;
      }
      if (!control.isOpen()) {
        control.openControl();
        letters.listen();
      }
      control.write(status());
      statusLost = false;
    } catch (FileFault fault) {
      if (!statusLost) {
        platform.messages().warn(name() + ": " + fault.getMessage() + "; sv sees an old status");
      }
      statusLost = true;
    }
  }

  /** Another supervisor has started the service between our start and our lock. */
  private void giveWay() {
    if (state.wanted() != Wanted.REMOVED) {
      platform.messages().warn(name() + ": another supervisor has come first, stopping ours");
      service.stop();
    }
  }

  /** Makes supervise/ if there was no room, and FIFOs that somebody has removed or replaced. */
  void repair() throws FileFault {
    if (!answers()) {
      writeStatus();
    } else if (control.broken()) {
      platform
          .messages()
          .warn(name() + ": the FIFOs in its supervise/ were tampered with, they are made anew");
      int fresh = control.makeAnew();
      letters.stopListening();
      control.adopt(fresh);
      letters.listen();
    }
  }

  /** Takes another supervise/ in place of one that was removed. */
  void replace(ControlFiles fresh) {
    letters.stopListening();
    control.close();
    control = fresh;
    writeStatus();
  }

  /** Writes the last status and lets go of supervise/. */
  void close() {
    if (answers()) {
      writeStatus();
    }
    closed = true;
    letters.stopListening();
    control.close();
  }
}
