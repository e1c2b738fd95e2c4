package org.usersvc.daemon.activation;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.session.Displays;
import org.usersvc.daemon.session.Login;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.state.ProcessIdentity;

/** Finds the leader of a registration, and its outer session. <b>Loop thread only.</b> */
final class Placement {
  private final FileSystem files;
  private final LeaderFinder leaders;
  private final SessionTable table;
  private final Self self;

  /**
   * The place of a session.
   *
   * @param leader {@link ProcessIdentity#NONE} if no process could lead it
   * @param companion another process whose end ends it; {@link ProcessIdentity#NONE} if there is
   *     none
   * @param variables those that it registers
   * @param outer the session that shows it in a window, 0 if there is none
   */
  record Place(
      ProcessIdentity leader, ProcessIdentity companion, Environment variables, int outer) {}

  Placement(FileSystem files, LeaderFinder leaders, SessionTable table, Self self) {
    this.files = files;
    this.leaders = leaders;
    this.table = table;
    this.self = self;
  }

  /** Why a process cannot lead a session, null if it can. */
  @Nullable Outcome refusal(int leader) {
    int owner = leaders.servers().ownerOf(leader);
    if (owner < 0) {
      return new Outcome.NoLeader("the leader, pid " + leader + ", does not live");
    }
    return owner == self.uid() || self.uid() == 0
        ? null
        : new Outcome.NoLeader("the leader, pid " + leader + ", is not yours");
  }

  Place of(Registration registration) {
    if (registration.leader() != 0) {
      return place(registration.leader(), 0, registration.variables(), 0);
    }
    var found = leaders.of(registration.variables(), registration.registrant());
    return place(found.leader(), found.companion(), found.variables(), found.outer());
  }

  private Place place(int leader, int companion, Environment variables, int outerLeader) {
    int service = leaders.serviceOf(leader);
    int other = service == 0 ? companion : service;
    var own = leaders.knownOf(leader);
    var outer = table.ofLeader(outerLeader);
    var around = outer == null && isGraphical(variables) ? shownOn(own, leader, variables) : outer;
    return new Place(
        ProcessIdentity.of(files, leader),
        ProcessIdentity.of(files, other),
        withLogin(variables, companion == 0 ? own : leaders.knownOf(companion)),
        around == null ? 0 : around.id());
  }

  private static boolean isGraphical(Environment variables) {
    return variables.value("WAYLAND_DISPLAY") != null || variables.value("DISPLAY") != null;
  }

  /** Adds the variables of the login in which a desktop was begun, if they were not registered. */
  private static Environment withLogin(Environment variables, Environment own) {
    String id = own.value("XDG_SESSION_ID");
    if (id == null || !isGraphical(variables) || variables.value("XDG_SESSION_ID") != null) {
      return variables;
    }
    return Environment.of(own.filled(Login.VARIABLES)).with(variables.variables());
  }

  /** The session of a process: that of its display, else of an ancestor; null if there is none. */
  @Nullable Session ofProcess(int pid) {
    var found = ofDisplay(pid);
    for (int next = leaders.parentOf(pid); found == null && next != 0; ) {
      found = table.ofLeader(next);
      next = leaders.parentOf(next);
    }
    return found;
  }

  /** The session whose display is in the environment of a process; null if there is none. */
  @Nullable Session ofDisplay(int pid) {
    var environment = leaders.knownOf(pid);
    var served = table.ofLeader(leaders.of(environment, 0).leader());
    return served == null ? shownOn(environment, 0, Environment.EMPTY) : served;
  }

  /**
   * The newest session with a display that a process has in its environment; null if there is none.
   *
   * @param leader the session of this process is left out
   * @param brought the displays that the process serves itself; they are left out
   */
  private @Nullable Session shownOn(Environment environment, int leader, Environment brought) {
    for (var session : table.all().reversed()) {
      if (session.leader().pid() != leader
          && (isOnWayland(environment, session, brought) || isOnX(environment, session, brought))) {
        return session;
      }
    }
    return null;
  }

  private boolean isOnWayland(Environment environment, Session session, Environment brought) {
    String display = leaders.servers().waylandSocket(environment);
    return !display.isEmpty()
        && display.equals(leaders.servers().waylandSocket(session.variables()))
        && !display.equals(leaders.servers().waylandSocket(brought));
  }

  private static boolean isOnX(Environment environment, Session session, Environment brought) {
    String display = environment.value("DISPLAY");
    boolean isOwn =
        Displays.areSame(display, brought.value("DISPLAY"))
            && brought.value("WAYLAND_DISPLAY") == null;
    return Displays.areSame(display, session.variables().value("DISPLAY")) && !isOwn;
  }
}
