package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Captured;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Login;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.SessionMemory;
import org.usersvc.daemon.supervise.Platform;

/**
 * The sessions that live now. One ends when its leader has ended, when its bus is gone, or when it
 * is told to. <b>Loop thread only.</b>
 */
public final class Sessions {
  /** The longest NAME=VALUE with its NUL that the kernel gives to a process (MAX_ARG_STRLEN). */
  private static final int MOST = 128 * 1024;

  /** What sessions bring and what is set by hand, all together, as Environment.sizeOf counts it. */
  private static final int MOST_TOGETHER = 1024 * 1024;

  private final SessionTable table = new SessionTable();
  private final Map<Integer, Runnable> watches = new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<Consumer<Environment>> onBrought = new ArrayList<>();
  private final Platform platform;
  private final LeaderFinder leaders;
  private final Self self;
  private final OtherRuntime runtime;

  /** How much is set by hand. */
  private IntSupplier byHand = () -> 0;

  /**
   * What the daemon knows of itself.
   *
   * @param environment what it was started with
   */
  public record Self(int pid, int uid, Environment environment) {}

  public Sessions(Platform platform, LocalSockets sockets, Self self) {
    this.platform = platform;
    this.leaders = new LeaderFinder(platform.files(), sockets);
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
   * What a process was started with.
   *
   * @throws FileFault if it is gone, or another user's
   */
  public Environment environmentOf(int pid) throws FileFault {
    return leaders.environmentOf(pid);
  }

  /** What all sessions bring together. */
  public Environment variables() {
    return table.variables();
  }

  /** Has the action run after every change. */
  public void onChange(Runnable action) {
    listeners.add(action);
  }

  /** Has the action run with the variables of every registration, before what changes is told. */
  void onBrought(Consumer<Environment> action) {
    onBrought.add(action);
  }

  /** The highest id that a session has had. */
  public int lastId() {
    return table.lastId();
  }

  /** Takes over the sessions of an earlier daemon whose leaders live. */
  public void restore(List<SessionMemory> earlier, int lastId) {
    table.skipTo(lastId);
    for (var memory : earlier) {
      var session = memory.session();
      table.skipTo(session.id());
      if (excess(session.variables().variables(), Map.of()) != null) {
        platform.messages().warn(describe(session) + ": too many variables, forgetting it");
      } else if (watch(session.id(), memory.leader())) {
        table.put(session);
      } else {
        platform.messages().info(describe(session) + ": ended, its leader has ended");
      }
    }
    if (!earlier.isEmpty()) {
      changed();
    }
  }

  /** Watches for the end of that very process; false if it has ended. */
  private boolean watch(int id, ProcessIdentity leader) {
    var watch = platform.processes().onEndOf(leader.pid(), _ -> leaderEnded(id));
    if (watch == null) {
      return false;
    }
    if (!leader.isThere(platform.files())) {
      watch.run();
      return false;
    }
    watches.put(id, watch);
    return true;
  }

  /** Registers what the daemon was itself started with, if that was within a session. */
  public void registerOwn() {
    var own = new LinkedHashMap<String, String>();
    for (String name : Captured.NAMES) {
      String value = self.environment().value(name);
      if (value != null && !value.isEmpty()) {
        own.put(name, value);
      }
    }
    if (!own.isEmpty()) {
      var variables = Environment.of(own);
      int behind = leaders.behindDisplay(variables, self.environment());
      int leader = behind == 0 ? self.pid() : behind;
      if (!brings(leader, variables)) {
        enter(new Registration(variables, "usersvcd", leader, 0));
      }
    }
  }

  /** Whether that is what the session of the leader has brought already. */
  private boolean brings(int leader, Environment variables) {
    var known = table.ofLeader(leader);
    return known != null && known.with(variables.variables()).equals(known);
  }

  /** Registers a session, or updates that of the same leader. */
  public Outcome register(Registration given) {
    var registration = runtime.adapt(given);
    var unfit = unfit(registration.variables().variables());
    if (unfit != null) {
      return unfit;
    }
    int leader = registration.leader();
    if (leader != 0) {
      int owner = leaders.ownerOf(leader);
      if (owner < 0) {
        return noLeader(leader);
      }
      if (owner != self.uid() && self.uid() != 0) {
        return new Outcome.NoLeader("the leader, pid " + leader + ", is not yours");
      }
      return enter(registration);
    }
    int found = leaderOf(registration);
    return found == 0
        ? new Outcome.NoLeader("nothing lives that could lead the session; name it by --leader PID")
        : enter(
            new Registration(
                registration.variables(), registration.name(), found, registration.registrant()));
  }

  /** The process that would lead such a session, 0 if there is none. */
  public int leaderOf(Registration registration) {
    int behind = leaders.behindDisplay(registration.variables(), self.environment());
    return behind != 0 || registration.registrant() == 0
        ? behind
        : leaders.parentOf(registration.registrant());
  }

  /** What is wrong with variables, null if nothing is. */
  public static @Nullable Outcome unfit(Map<String, String> variables) {
    for (var variable : variables.entrySet()) {
      String name = variable.getKey();
      if (!Environment.isName(name)) {
        return new Outcome.InvalidName(name);
      }
      if (name.length() + NativeText.encode(variable.getValue()).length + 2 > MOST) {
        return new Outcome.InvalidValue(
            name, "is longer than 128 KiB, which no process can be given");
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        return new Outcome.InvalidValue(name, "has a NUL byte");
      }
    }
    return null;
  }

  /** Tells how much is set by hand, as that counts, too. */
  void alsoCounts(IntSupplier size) {
    byHand = size;
  }

  /**
   * Whether variables are too many, or too long, with all that there is already; null if they fit.
   *
   * @param instead what they take the place of
   */
  @Nullable Outcome excess(
      Map<String, ? extends @Nullable String> variables,
      Map<String, ? extends @Nullable String> instead) {
    int more = Environment.sizeOf(variables) - Environment.sizeOf(instead);
    int all = byHand.getAsInt();
    for (var session : table.all()) {
      all += Environment.sizeOf(session.variables().variables());
    }
    if (more <= 0 || all + more <= MOST_TOGETHER || variables.isEmpty()) {
      return null;
    }
    return new Outcome.InvalidValue(
        new TreeSet<>(variables.keySet()).last(),
        "is too much: all that sessions bring and that is set by hand has 1 MiB at most; unset"
            + " some, or end a session");
  }

  private Outcome enter(Registration registration) {
    int pid = registration.leader();
    var before = table.ofLeader(pid);
    var variables = registration.variables().variables();
    var excess =
        before == null
            ? excess(variables, Map.of())
            : excess(
                before.with(variables).variables().variables(), before.variables().variables());
    if (excess != null) {
      return excess;
    }
    if (before != null) {
      var update = before.with(registration.variables().variables());
      String name = registration.name();
      return entered(name.isEmpty() ? update : update.named(name), registration.variables());
    }
    return begin(registration, ProcessIdentity.of(platform.files(), pid), false);
  }

  /**
   * Registers a login, or makes the session of its leader that of one; what such a session has
   * already stays. {@link Outcome.NoLeader} if the process that has logged in has ended.
   */
  Outcome login(Login login) {
    var leader = new ProcessIdentity(login.pid(), login.start());
    if (!leader.isThere(platform.files())) {
      return noLeader(login.pid());
    }
    var before = table.ofLeader(login.pid());
    if (before == null) {
      return begin(new Registration(login.variables(), login.name(), login.pid(), 0), leader, true);
    }
    return before.login()
        ? new Outcome.Registered(before)
        : entered(before.loggedIn(login.name(), login.variables()), login.variables());
  }

  /** Ends the sessions of logins that are none of these. */
  void logout(Collection<Integer> others) {
    for (var session : table.all()) {
      if (session.login() && !others.contains(session.id())) {
        end(session.id(), "logged out");
      }
    }
  }

  private Outcome begin(Registration registration, ProcessIdentity identity, boolean login) {
    if (table.isFull()) {
      return new Outcome.TooManySessions();
    }
    int id = table.nextId();
    int pid = registration.leader();
    if (!watch(id, identity)) {
      return noLeader(pid);
    }
    var leader = new Leader(pid, leaders.commandOf(pid));
    var now = platform.loop().clock().wall();
    var session =
        new Session(id, registration.name(), leader, registration.variables(), now, login);
    platform.messages().info(describe(session) + ": registered " + names(session));
    return entered(session, registration.variables());
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

  private void leaderEnded(int id) {
    watches.remove(id);
    end(id, "its leader has ended");
  }

  /** Takes variables from all sessions that have them. */
  public void take(Collection<String> names) {
    var removal = new HashMap<String, @Nullable String>();
    names.forEach(name -> removal.put(name, null));
    boolean any = false;
    for (var session : table.all()) {
      var left = session.with(removal);
      any |= !left.equals(session);
      table.put(left);
    }
    if (any) {
      changed();
    }
  }

  /** Ends a session; false if there is none of that id. */
  public boolean unregister(int id) {
    return end(id, "unregistered");
  }

  /** Ends sessions whose bus is gone. */
  public void busLost(List<Session> some) {
    some.forEach(session -> remove(session, "its bus is gone"));
    if (!some.isEmpty()) {
      changed();
    }
  }

  private boolean end(int id, String reason) {
    var session = table.find(id);
    if (session == null) {
      return false;
    }
    remove(session, reason);
    changed();
    return true;
  }

  private void remove(Session session, String reason) {
    var watch = watches.remove(session.id());
    if (watch != null) {
      watch.run();
    }
    platform.messages().info(describe(session) + ": ended, " + reason);
    table.remove(session.id());
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }
}
