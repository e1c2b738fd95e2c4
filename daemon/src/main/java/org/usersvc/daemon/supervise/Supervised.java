package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Effect;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.order.Hold;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/**
 * One supervised process, a service's run or its logger: its state, the letters that wait, and what
 * it is started with. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: state changes only in {@link #take}, once it was resumed. INVARIANT: letters are
 * fed in the order they came, one at a time, and none while a control script runs or while what
 * depends on the service has to end before it.
 */
public final class Supervised {
  private final ServiceRecord service;
  private final boolean logger;
  private final ServiceDirectory directory;
  private final StatusFiles files;
  private final EffectPerformer performer;
  private final ServiceEnvironment environment;
  private final Readiness readiness;
  private final Steadiness steadiness;
  private final Treatment treatment;
  private final Letters letters;
  private final RunEnd runEnd;
  private final History history;
  private final Shared shared;
  private final Platform platform;
  private ServiceState state;
  private Said said = Said.NOTHING;
  private boolean resumed;

  Supervised(ServiceRecord service, boolean logger, ServiceDirectory directory, Opened opened) {
    this.service = service;
    this.logger = logger;
    this.directory = directory;
    this.shared = opened.shared();
    this.platform = shared.platform();
    this.letters = new Letters(this, shared);
    this.runEnd = new RunEnd(this, shared);
    this.files = new StatusFiles(this, opened.control(), letters, opened.parts());
    this.history = new History(platform.loop().clock());
    this.performer = new EffectPerformer(this, shared);
    this.environment = new ServiceEnvironment(this, shared);
    this.readiness = new Readiness(this, shared);
    this.steadiness = new Steadiness(this, shared.dependencies().news());
    this.treatment = new Treatment(this, shared);
    this.state = ServiceState.initial(directory.isDown() ? Wanted.DOWN : Wanted.UP);
  }

  /**
   * What a supervised process is opened with.
   *
   * @param shared what all processes share
   */
  record Opened(ControlFiles control, Shared shared, StatusFiles.Parts parts) {}

  public ServiceState state() {
    return state;
  }

  public Status status() {
    return new Status(state, history.since());
  }

  /** How long ago that was, however the wall clock was set. */
  public Duration age() {
    return history.age();
  }

  /** When run was started, or went down. */
  public Instant since() {
    return history.since();
  }

  public ServiceDirectory directory() {
    return directory;
  }

  /** Whether it starts by itself. */
  public boolean isNormallyUp() {
    return !files.isClosed() && !directory.isDown();
  }

  /** How often run has ended without having been asked to. */
  public int deaths() {
    return history.deaths();
  }

  /** How often run has been started. */
  public long starts() {
    return history.starts();
  }

  /** How run ended last, null if it has not ended yet. */
  public @Nullable ExitStatus lastExit() {
    return history.lastExit();
  }

  /** Why run could not be started last, null if it could. */
  public @Nullable String trouble() {
    return history.trouble();
  }

  /** What run has said of itself since it was started. */
  public Said said() {
    return said;
  }

  /** The variables that needs-env named when it was read last, each once. */
  public List<String> neededNames() {
    return List.copyOf(environment.needs().names());
  }

  /** What is not set of the variables that it needs, as {@code A or B}. */
  public List<String> missingVariables() {
    return environment.missing();
  }

  /** What is not there of what it needs: {@code A or B}, {@code service foo}, {@code a login}. */
  public List<String> missing() {
    var missing = new ArrayList<>(environment.missing());
    var hang = files.isClosed() ? null : directory.hang();
    if (hang != null) {
      missing.add(hang.toString());
    }
    if (!logger) {
      missing.addAll(shared.dependencies().missing(service.node()));
      if (shared.dependencies().hold().holds(service.node())) {
        missing.add(Hold.AWAITED);
      }
    }
    return missing;
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

  Readiness readiness() {
    return readiness;
  }

  History history() {
    return history;
  }

  Treatment treatment() {
    return treatment;
  }

  Definition definition() {
    return treatment.definition();
  }

  /** Something that it has waited for may be there. */
  void needArrived() {
    if (state.phase() instanceof Phase.Waiting) {
      shared.agenda().add(Agenda.Stage.HAPPEN, this::lookAtNeeds);
    }
  }

  private void lookAtNeeds() {
    if (state.phase() instanceof Phase.Waiting && !service.isStopping()) {
      if (missing().isEmpty()) {
        take(new Event.NeedChanged());
      } else {
        service.changed(this);
      }
    }
  }

  /** The activation environment has come to rest: what has gone or changed ends run. */
  void environmentChanged() {
    switch (state.phase()) {
      case Phase.Running _, Phase.Completed _ when !environment.outdated() -> {}
      case Phase.Running _, Phase.Completed _, Phase.Finishing _ -> feed(new Event.NeedChanged());
      case Phase.BackingOff _, Phase.Settling _ -> feed(new Event.NeedChanged());
      case Phase.Waiting _, Phase.Down _, Phase.Incomplete _, Phase.Preparing _ -> {}
      case Phase.Starting _, Phase.FinishStarting _, Phase.Gone _ -> {}
    }
  }

  /** When the restart delay ends, null if none runs. */
  public @Nullable Duration untilRestart() {
    return performer.untilRestart();
  }

  /** What it has failed without may be there: it is tried again, at most once a second. */
  void hasten() {
    var left = untilRestart();
    if (left != null && history.untilNextStart().compareTo(left) < 0) {
      performer.perform(new Effect.HastenRestart());
    }
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

  /** A text that no other process has; its FIFOs are called by it, and its mark. */
  String keyText() {
    return Memory.keyOf(this).text();
  }

  /** Where its directory is now, native text; null if it has been removed. */
  public @Nullable String directoryPath() {
    return files.isClosed() ? null : platform.files().pathOf(directory.descriptor());
  }

  StatusFiles files() {
    return files;
  }

  Timers timers() {
    return platform.loop().timers();
  }

  EffectPerformer performer() {
    return performer;
  }

  /** Whether an earlier daemon has left it as it is. */
  boolean isResumed() {
    return resumed;
  }

  /** Puts it into the state that an earlier daemon has left, before anything happens to it. */
  void resume(ServiceState left) {
    state = left;
  }

  Letters letters() {
    return letters;
  }

  /**
   * Goes on where an earlier daemon has left it; else, unless the directory says down, it is handed
   * to {@code start}, which starts it now or in a while. Writes the first status in any case.
   */
  void begin(Consumer<Supervised> start) {
    service.changed(this);
    try (var _ = directory.look()) {
      treatment.read();
      resumed = shared.adoption().resume(this);
      if (!resumed && state.wanted() == Wanted.UP) {
        start.accept(this);
      }
    }
  }

  /** Starts for the first time, unless it has been told otherwise. */
  void start() {
    boolean untold = state.phase() instanceof Phase.Down && state.wanted() == Wanted.UP;
    if (untold && !service.isStopping() && !service.isClosed()) {
      pullNeeds();
      feed(new Event.Asked(Command.UP));
    }
  }

  /** One letter, from whichever door. */
  public void tell(Command command) {
    letters.tell(command);
  }

  /** KILL, also for what it is being prepared or told by. */
  public void kill() {
    performer.killScript();
    tell(Command.KILL);
  }

  /** Whether it is to stop, and waits for others to end before. */
  public boolean isHeldBack() {
    return letters.isHeldBack();
  }

  /** Lets the event happen, as the agenda has it. */
  void feed(Event event) {
    shared.agenda().add(Agenda.Stage.HAPPEN, () -> take(event));
  }

  /** The event happens; to be called when it has its turn. */
  void take(Event event) {
    var before = state;
    boolean completes = runEnd.completes(event);
    history.note(event, state, completes);
    steadiness.note(event, completes);
    if (event instanceof Event.RunStarted) {
      said = Said.NOTHING;
    }
    var transition = Lifecycle.step(state, event, treatment.rules());
    state = transition.next();
    if (!state.equals(before)) {
      history.noteTime(before.phase(), state.phase());
      service.changed(this);
    }
    if (event instanceof Event.RunEnded) {
      letters.beforeNextStart();
    }
    for (var effect : transition.effects()) {
      performer.perform(effect);
    }
    if (!before.phase().getClass().equals(state.phase().getClass())) {
      service.moved(this, before.phase());
    } else if (before.phase().isUp() != state.phase().isUp()) {
      tellDependents();
    }
    letters.goOn();
  }

  /** What it needs to start is asked to start, too. */
  void pullNeeds() {
    if (!logger) {
      shared.dependencies().pull(service.node());
    }
  }

  /** It has come up, gone down, or anything between. */
  void tellDependents() {
    if (!logger) {
      shared.dependencies().moved(service.node());
    }
  }

  /** Whatever follows when the process of run has ended. */
  RunEnd runEnd() {
    return runEnd;
  }

  void says(Said next) {
    said = next;
    service.changed(this);
  }

  /** Whether clients find it under supervise/. */
  boolean answers() {
    return files.isOpen();
  }

  /** Makes its supervise/ now that it would get when there is time. */
  public void show() {
    if (!answers()) {
      files.write();
    }
  }

  /** Writes the last status and lets go of supervise/. */
  void close() {
    readiness.end();
    environment.close();
    files.close();
  }
}
