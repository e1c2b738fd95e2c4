package org.usersvc.daemon.activation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Login;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.session.Standing;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedSession;

/**
 * The sessions that live now. A session ends when its leader has ended, or by command. <b>Loop
 * thread only.</b>
 */
public final class Sessions {
  /** The time that the windows of an ended display get to end, too. */
  private static final Duration WINDOWS_CLOSE = Duration.ofSeconds(1);

  private final SessionTable table = new SessionTable();
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<Runnable> onLoss = new ArrayList<>();
  private final List<Consumer<Environment>> onBrought = new ArrayList<>();
  private final List<IntConsumer> onGraphical = new ArrayList<>();
  private final Room room = new Room(table);
  private final Platform platform;
  private final EndWatches ends;
  private final LeaderFinder leaders;
  private final Placement placement;
  private final Self self;
  private final OtherRuntime runtime;

  public Sessions(Platform platform, LocalSockets sockets, Self self) {
    this.platform = platform;
    this.ends = new EndWatches(platform.processes(), platform.files());
    this.leaders = new LeaderFinder(platform.files(), sockets, platform.messages(), self);
    this.placement = new Placement(platform.files(), leaders, table, self);
    this.self = self;
    this.runtime = new OtherRuntime(platform.files(), self.environment());
  }

  /** Oldest first. */
  public List<Session> all() {
    return table.all();
  }

  public @Nullable Session find(int id) {
    return table.find(id);
  }

  /** The session that a process leads, null if it leads none. */
  public @Nullable Session ofLeader(int pid) {
    return table.ofLeader(pid);
  }

  /**
   * The environment that a process was started with.
   *
   * @throws FileFault if the process is gone, or another user's
   */
  public Environment environmentOf(int pid) throws FileFault {
    return leaders.environmentOf(pid);
  }

  /** The variables of all sessions together. */
  public Environment variables() {
    return table.variables();
  }

  /** Registers an action to run after every change. */
  public void onChange(Runnable action) {
    listeners.add(action);
  }

  /** Registers an action to run when a session or its bus has ended, before the change actions. */
  void onLoss(Runnable action) {
    onLoss.add(action);
  }

  /** Registers an action to run with each registration's variables, before the change actions. */
  void onBrought(Consumer<Environment> action) {
    onBrought.add(action);
  }

  /** Registers who hears of the ids of sessions that ask for the target of graphical sessions. */
  public void onGraphical(IntConsumer action) {
    onGraphical.add(action);
  }

  /** A session asks for the target of graphical sessions. */
  public void askForTarget(Session session) {
    onGraphical.forEach(action -> action.accept(session.id()));
  }

  /** The highest id that a session has had. */
  public int lastId() {
    return table.lastId();
  }

  /** Takes over the sessions of an earlier daemon whose leaders live. */
  public void restore(List<RecordedSession> earlier, int lastId) {
    table.skipTo(lastId);
    for (var memory : earlier) {
      var session = memory.session();
      table.skipTo(session.id());
      if (room.excess(session.variables().variables(), Map.of()) != null) {
        platform.messages().warn(describe(session) + ": too many variables, forgetting it");
      } else if (watch(session.id(), memory.leader(), memory.companion())) {
        table.put(session);
      } else {
        platform.messages().info(describe(session) + ": ended, its leader has ended");
      }
    }
    if (!earlier.isEmpty()) {
      reviewWindows();
      changed();
    }
  }

  private boolean watch(int id, ProcessIdentity leader, ProcessIdentity companion) {
    return ends.begin(new EndWatches.Watched(id, leader, companion), this::end);
  }

  /** The other process whose end ends a session; {@link ProcessIdentity#NONE} if there is none. */
  ProcessIdentity companionOf(int id) {
    return ends.companionOf(id);
  }

  /** Registers the session within which the daemon was started, if any. */
  public void registerOwn() {
    new OwnSession(self, placement, platform.messages()).register(this);
  }

  /** Registers a session, or updates the session of the same leader. */
  public Outcome register(Registration given) {
    var registration = runtime.adapt(given);
    var flaw = Fit.flaw(registration.variables().variables());
    int named = registration.leader();
    var refusal = flaw != null || named == 0 ? flaw : placement.refusal(named);
    if (refusal != null) {
      return refusal;
    }
    var place = placement.of(registration);
    if (!place.leader().isNone()) {
      return enter(registration, place);
    }
    return named == 0
        ? new Outcome.NoLeader("nothing lives that could lead the session; name it by --leader PID")
        : noLeader(named);
  }

  /** The process that would lead a session with these variables, 0 if there is none. */
  public int leaderOf(Environment variables, int registrant) {
    return leaders.of(variables, registrant).leader();
  }

  /** The session of a process: that of its display, else of an ancestor; null if there is none. */
  public @Nullable Session ofProcess(int pid) {
    return placement.ofProcess(pid);
  }

  /** The session whose display is in the environment of a process; null if there is none. */
  public @Nullable Session ofDisplay(int pid) {
    return placement.ofDisplay(pid);
  }

  Outcome enter(Registration registration, Placement.Place place) {
    var before = table.ofLeader(place.leader().pid());
    var excess = room.excess(before, place.variables().variables());
    if (excess != null) {
      return excess;
    }
    if (before == null) {
      var standing = standing(Standing.PLAIN, registration, place);
      return begin(fresh(registration.name(), place, standing), place, registration.variables());
    }
    var update = before.with(place.variables().variables());
    var next = update.standing(standing(update.standing(), registration, place));
    String name = registration.name();
    return entered(name.isEmpty() ? next : next.named(name), registration.variables());
  }

  /** The bound for the variables of all sessions. */
  Room room() {
    return room;
  }

  private static Standing standing(
      Standing before, Registration registration, Placement.Place place) {
    var next = before.within(place.outer());
    return registration.displayNamed() ? next.withNamedDisplay() : next;
  }

  private Session fresh(String name, Placement.Place place, Standing standing) {
    int pid = place.leader().pid();
    var leader = new Leader(pid, leaders.commandOf(pid));
    var now = platform.loop().clock().wall();
    return new Session(table.nextId(), name, leader, place.variables(), now, standing);
  }

  /**
   * Registers a login, or adds it to the session of its leader, which keeps its variables. The
   * outcome is {@link Outcome.NoLeader} if the process that has logged in has ended.
   */
  Outcome login(Login login) {
    var leader = new ProcessIdentity(login.pid(), login.start());
    if (!leader.isThere(platform.files())) {
      return noLeader(login.pid());
    }
    var before = table.ofLeader(login.pid());
    if (before == null) {
      var place = new Placement.Place(leader, ProcessIdentity.NONE, login.variables(), 0);
      return begin(fresh(login.name(), place, Standing.LOGIN), place, login.variables());
    }
    return before.login()
        ? new Outcome.Registered(before)
        : entered(before.loggedIn(login.name(), login.variables()), login.variables());
  }

  /** Ends the sessions of all other logins. */
  void logout(Collection<Integer> others) {
    for (var session : table.all()) {
      if (session.login() && !others.contains(session.id())) {
        end(session.id(), "logged out");
      }
    }
  }

  private Outcome begin(Session session, Placement.Place place, Environment brought) {
    if (table.isFull()) {
      return new Outcome.TooManySessions();
    }
    if (!watch(session.id(), place.leader(), place.companion())) {
      return noLeader(place.leader().pid());
    }
    platform.messages().info(describe(session) + ": registered " + names(session));
    return entered(session, brought);
  }

  private static Outcome noLeader(int pid) {
    return new Outcome.NoLeader("the leader, pid " + pid + ", does not live");
  }

  private Outcome entered(Session session, Environment brought) {
    table.put(session);
    onBrought.forEach(action -> action.accept(brought));
    changed();
    return new Outcome.Registered(session);
  }

  private static String names(Session session) {
    return String.join(" ", new TreeSet<>(session.variables().variables().keySet()));
  }

  /** {@code session 3 (sway, pid 812)}. */
  public static String describe(Session session) {
    var leader = session.leader();
    return "session %d (%s, pid %d)".formatted(session.id(), leader.command(), leader.pid());
  }

  /** Takes variables from one session. */
  void take(int id, Collection<String> names) {
    var session = table.find(id);
    var left = session == null ? null : session.without(names);
    if (left != null && !left.equals(session)) {
      table.put(left);
      changed();
    }
  }

  /** Ends a session; false if there is none of that id. */
  public boolean unregister(int id) {
    return end(id, "unregistered");
  }

  /** Takes the bus from these sessions, which go on without it. */
  public void busLost(List<Session> some) {
    for (var session : some) {
      platform.messages().info(describe(session) + ": its bus is gone, going on without it");
      table.put(session.withoutBus());
    }
    if (!some.isEmpty()) {
      lost();
    }
  }

  /** Gives these sessions their bus back. */
  public void busBack(List<Session> some) {
    for (var session : some) {
      platform.messages().info(describe(session) + ": its bus is back");
      table.put(session.backOnBus());
    }
    if (!some.isEmpty()) {
      changed();
    }
  }

  private boolean end(int id, String reason) {
    var session = table.find(id);
    if (session == null) {
      return false;
    }
    ends.end(id);
    platform.messages().info(describe(session) + ": ended, " + reason);
    table.remove(id);
    lost();
    platform.loop().timers().after(WINDOWS_CLOSE, this::reviewWindows);
    return true;
  }

  /** Makes a session a desktop of its own when the session that showed it has ended. */
  private void reviewWindows() {
    boolean any = false;
    for (var session : table.all()) {
      int outer = session.standing().outer();
      if (outer != 0 && table.find(outer) == null) {
        table.put(session.standing(session.standing().within(0)));
        any = true;
      }
    }
    if (any) {
      changed();
    }
  }

  private void lost() {
    List.copyOf(onLoss).forEach(Runnable::run);
    changed();
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }
}
