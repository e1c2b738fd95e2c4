package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Effect;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.ServiceDirectory;
import org.usersvc.daemon.trigger.StartTimes;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;
import org.usersvc.daemon.view.ServiceView;

/**
 * One supervised process, a service's run or its logger: its state, its waiting letters, and its
 * definition and environment. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: state changes only in {@link #take}, once it was resumed. INVARIANT: letters are
 * fed in the order they came, one at a time, and none while a control script runs or while services
 * that depend on this one have to end before it.
 */
public final class ServiceProcess implements NotifyReceiver.Speaker, Commanded {
  private final Place place;
  private final ServiceDirectory directory;
  private final ProcessParts parts;
  private final Agenda agenda;
  private ServiceState state;
  private NotifyStatus said = NotifyStatus.NOTHING;
  private boolean resumed;

  /** Receives the changes of processes. */
  interface Changes {
    /** Something that clients can see has changed. */
    void changed(ServiceProcess process);

    void moved(ServiceProcess process, Phase before);
  }

  /**
   * The surroundings of a process.
   *
   * @param logger whether it is the logger of the service
   * @param loggerOf the logger of the service, null while there is none
   */
  record Place(
      Service service,
      boolean logger,
      Supplier<@Nullable ServiceProcess> loggerOf,
      Changes changes) {}

  ServiceProcess(
      Place place,
      ServiceDirectory directory,
      ControlFiles control,
      ProcessParts.Facilities facilities) {
    this.place = place;
    this.directory = directory;
    this.agenda = facilities.agenda();
    this.parts = ProcessParts.of(this, control, facilities);
    this.state = ServiceState.initial(directory.isDown() ? Wanted.DOWN : Wanted.UP);
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public Status status() {
    return new Status(state, parts.history().since());
  }

  @Override
  public ServiceDirectory directory() {
    return directory;
  }

  @Override
  public boolean isClosed() {
    return parts.files().isClosed();
  }

  @Override
  public ServiceView view() {
    return new ProcessView(this);
  }

  /** The notifications of run since its start. */
  NotifyStatus said() {
    return said;
  }

  /** The missing needs: {@code A or B}, {@code service foo}, {@code a login}. */
  List<String> missing() {
    return parts.needs().missing();
  }

  @Override
  public Environment environmentGiven() {
    return parts.environment().given();
  }

  @Override
  public History history() {
    return parts.history();
  }

  @Override
  public Definition definition() {
    return parts.treatment().definition();
  }

  @Override
  public Rules rules() {
    return parts.treatment().rules();
  }

  /** When the restart delay ends, null if none runs. */
  @Nullable Duration untilRestart() {
    return parts.performer().untilRestart();
  }

  /** The reason for its failure may be gone: it is tried again, at most once a second. */
  void hasten() {
    var left = untilRestart();
    if (left != null && parts.history().untilNextStart().compareTo(left) < 0) {
      parts.performer().perform(new Effect.HastenRestart());
    }
  }

  @Override
  public boolean isLogger() {
    return place.logger();
  }

  @Override
  public Service service() {
    return place.service();
  }

  @Override
  public @Nullable ServiceProcess logger() {
    return place.loggerOf().get();
  }

  /** Where its directory is now, native text; null if it has been removed. */
  public @Nullable String directoryPath() {
    return isClosed() ? null : directory.path();
  }

  @Override
  public String path() {
    String path = directoryPath();
    return NativeText.printable(path == null ? name() + " (deleted)" : path);
  }

  /** Whether it was resumed from an earlier daemon. */
  boolean isResumed() {
    return resumed;
  }

  /** Puts it into the state that an earlier daemon has left, before any event. */
  void resume(ServiceState left) {
    state = left;
  }

  /**
   * Resumes it as an earlier daemon has left it. Else, unless the directory says down, {@code
   * start} gets it and starts it, now or later. Writes the first status in any case.
   */
  void begin(Predicate<ServiceProcess> resume, Consumer<ServiceProcess> start) {
    changed();
    look();
    parts.treatment().read();
    resumed = resume.test(this);
    if (resumed) {
      parts.exports().review();
    } else if (state.wanted() == Wanted.UP) {
      start.accept(this);
    }
  }

  /** Looks into the directory once for all that happens now and follows from it. */
  void look() {
    afterwards(directory.look()::close);
  }

  /** Starts for the first time, unless a command says otherwise. */
  void start() {
    boolean uncommanded = state.phase() instanceof Phase.Down && state.wanted() == Wanted.UP;
    if (uncommanded && !place.service().isStopping() && !isClosed()) {
      parts.needs().pull();
      feed(new Event.Asked(Command.UP));
    }
  }

  /** Takes one letter, from any door. */
  public void command(Command command) {
    parts.letters().add(command);
  }

  @Override
  public void command(String letters) {
    Command.ofLetters(letters).forEach(this::command);
  }

  /** Sends KILL, also to its control script. */
  @Override
  public void kill() {
    parts.performer().scripts().kill();
    command(Command.KILL);
  }

  /** When it starts by the clock. */
  StartTimes startTimes() {
    return place.logger() ? StartTimes.NONE : place.service().startTimes();
  }

  /** Whether its stop waits for other services to end. */
  boolean isHeldBack() {
    return parts.letters().isHeldBack();
  }

  @Override
  public void feed(Event event) {
    agenda.add(Agenda.Stage.HAPPEN, () -> take(event));
  }

  @Override
  public boolean reached(Goal goal, long startsBefore) {
    return Goals.reached(this, goal, startsBefore);
  }

  @Override
  public boolean lost(Goal goal, long startsBefore) {
    return Goals.lost(this, goal, startsBefore);
  }

  @Override
  public long failures() {
    return parts.history().failures();
  }

  @Override
  public boolean isSilent() {
    return Goals.isSilent(this);
  }

  @Override
  public Duration probation() {
    return Goals.probation(this, parts.runEnd().isOpen());
  }

  @Override
  public boolean asksCheck(Goal goal) {
    return Goals.asksCheck(this, goal);
  }

  @Override
  public Runnable check(Consumer<Boolean> fine) {
    return parts.checks().ask(fine);
  }

  @Override
  public void afterwards(Runnable action) {
    agenda.add(Agenda.Stage.ANSWER, action);
  }

  @Override
  public void take(Event event) {
    var before = state;
    boolean completes = parts.runEnd().completes(event);
    parts.history().note(event, state, completes);
    parts.steadiness().note(event, completes);
    if (event instanceof Event.RunStarted) {
      said = NotifyStatus.NOTHING;
    }
    var transition = Lifecycle.step(state, event, rules());
    state = transition.next();
    if (!state.equals(before)) {
      parts.history().noteTime(before.phase(), state.phase());
      changed();
    }
    if (event instanceof Event.RunEnded) {
      parts.letters().beforeNextStart();
    }
    for (var effect : transition.effects()) {
      parts.performer().perform(effect);
    }
    if (before.phase().isUp() != state.phase().isUp()) {
      parts.exports().review();
    }
    if (!before.phase().getClass().equals(state.phase().getClass())) {
      place.changes().moved(this, before.phase());
    } else if (before.phase().isUp() != state.phase().isUp()) {
      parts.needs().notifyDependents();
    }
    parts.letters().goOn();
  }

  @Override
  public void changed() {
    place.changes().changed(this);
  }

  @Override
  public void hear(Notification notification) {
    said = said.and(notification);
    changed();
    if (state.phase() instanceof Phase.Running) {
      parts.readiness().hear(notification);
    }
    var more = notification.extendTimeout();
    if (more != null) {
      parts.killTimer().extend(more);
    }
  }

  @Override
  public void continuedBy(int pid) {
    parts.runEnd().continuedBy(pid);
  }

  @Override
  public boolean wasLeft() {
    return parts.files().control().wasLeft();
  }

  /** The status in the supervise of an earlier daemon. */
  public Status.Last lastShown() {
    return parts.files().control().last();
  }

  /** Makes its supervise/ now instead of later. */
  @Override
  public void show() {
    if (!answers()) {
      parts.files().write();
    }
  }

  ProcessParts parts() {
    return parts;
  }

  /** Whether clients find it under supervise/. */
  boolean answers() {
    return parts.files().isOpen();
  }

  /** Writes the last status and releases supervise/. */
  void close() {
    parts.readiness().end();
    parts.environment().close();
    parts.files().close();
    parts.exports().review();
  }
}
