package org.usersvc.daemon.activation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.environment.ByHand;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.supervise.Exports;

/**
 * The activation environment: the daemon's own environment, the user's files, what services export,
 * the sessions, and changes by hand; the later wins. A new process gets it as it is now; running
 * processes are compared with it when it has not changed for a while. <b>Loop thread only.</b>
 */
public final class Activation {
  /** After so long without a change the environment counts as settled. */
  private static final Duration QUIET = Duration.ofMillis(200);

  /** So long after the first change it counts as settled at the latest. */
  private static final Duration UNREST = Duration.ofSeconds(1);

  private final ByHand byHand = new ByHand();
  private final List<Runnable> onChange = new ArrayList<>();
  private final List<Consumer<Set<String>>> onLoss = new ArrayList<>();
  private final List<Runnable> onAsked = new ArrayList<>();
  private final List<Runnable> onSettled = new ArrayList<>();
  private final Supplier<Environment> source;
  private final OwnPrograms programs;
  private final Sessions sessions;
  private Environment base;
  private Exports exports = new Exports();
  private Environment sessionVariables = Environment.EMPTY;
  private Environment current;
  private final Alarm quiet;
  private final Alarm unrest;

  /**
   * Begins with the environment without sessions.
   *
   * @param source reads the daemon's own environment, cleaned, and the user's files
   * @param programs what PATH ends with, whoever sets it
   */
  public Activation(
      Supplier<Environment> source, OwnPrograms programs, Sessions sessions, EventLoop loop) {
    this.source = source;
    this.programs = programs;
    this.base = source.get();
    this.current = programs.in(base);
    this.sessions = sessions;
    this.quiet = new Alarm(loop.timers());
    this.unrest = new Alarm(loop.timers());
    sessions.room().alsoCounts(() -> Environment.sizeOf(byHand.changes()));
    sessions.onBrought(this::brought);
    sessions.onLoss(this::sessionLost);
    sessions.onChange(this::sessionsChanged);
  }

  /** The environment of a process that starts now, before its service's own env/. */
  public Environment current() {
    return current;
  }

  /** The daemon's own environment and the user's files. */
  public Environment base() {
    return base;
  }

  /** Registers an action to run after every change. */
  public void onChange(Runnable action) {
    onChange.add(action);
  }

  /**
   * Registers an action to run with the names of variables that have gone with a session or its
   * bus. If one soon has the same value again, it names another display, or another bus.
   */
  public void onLoss(Consumer<Set<String>> action) {
    onLoss.add(action);
  }

  /** Registers an action to run after every change by hand. */
  void onAsked(Runnable action) {
    onAsked.add(action);
  }

  private void asked() {
    onAsked.forEach(Runnable::run);
    review();
  }

  /** Registers an action to run when the environment has settled. */
  public void onSettled(Runnable action) {
    onSettled.add(action);
  }

  /** The changes by hand: names and values, null for an unset variable. */
  public Map<String, @Nullable String> byHand() {
    return byHand.changes();
  }

  /** Takes over the changes by hand of an earlier daemon; false if they are too large. */
  public boolean restore(Map<String, @Nullable String> changes) {
    boolean fits = sessions.room().excess(changes, Map.of()) == null;
    if (fits) {
      changes.forEach((name, value) -> {
        if (value == null) {
          byHand.unset(name);
        } else {
          byHand.set(Map.of(name, value));
        }
      });
    }
    review();
    return fits;
  }

  /** Reads the user's files again. */
  public void reread() {
    base = source.get();
    review();
  }

  /** Adds what services export while they are up. */
  public void follow(Exports services) {
    exports = services;
    services.onChange(this::review);
  }

  /** Where the present value of a variable comes from, for users. */
  public String source(String name) {
    if (byHand.changes().get(name) != null) {
      return "env set";
    }
    String value = sessionVariables.value(name);
    if (value != null) {
      return sessions.all().reversed().stream()
          .filter(session -> value.equals(session.variables().value(name)))
          .findFirst()
          .map(session -> "session " + session.id())
          .orElse("sessions");
    }
    String service = exports.exporter(name);
    return service == null ? "base or environment.d" : "service " + service;
  }

  /** Sets variables until a session registers them anew. */
  public Outcome set(Map<String, String> variables) {
    var unfit = Fit.flaw(variables);
    if (unfit != null) {
      return unfit;
    }
    var excess = sessions.room().excess(variables, byHand.of(variables.keySet()));
    if (excess != null) {
      return excess;
    }
    byHand.set(variables);
    asked();
    return new Outcome.Changed();
  }

  /** Unsets variables of any source until a session registers them anew. */
  public Outcome unset(List<String> names) {
    for (String name : names) {
      if (!Environment.isName(name)) {
        return new Outcome.InvalidName(name);
      }
    }
    var removal = new LinkedHashMap<String, @Nullable String>();
    names.forEach(name -> removal.put(name, null));
    var excess = sessions.room().excess(removal, byHand.of(names));
    if (excess != null) {
      return excess;
    }
    names.forEach(byHand::unset);
    asked();
    return new Outcome.Changed();
  }

  /** Unsets variables of one session, null for none, and those without a session. */
  public Outcome unset(List<String> names, @Nullable Session own) {
    return unset(names, own, List.of());
  }

  /**
   * Unsets variables of some sessions and those without a session; other sessions keep theirs.
   *
   * @param own one of them, null for none
   * @param others the others of them; they stay on their bus
   */
  public Outcome unset(List<String> names, @Nullable Session own, List<Session> others) {
    for (String name : names) {
      if (!Environment.isName(name)) {
        return new Outcome.InvalidName(name);
      }
    }
    if (own != null) {
      sessions.take(own.id(), names);
    }
    var shared = names.stream().filter(name -> !name.equals(Session.BUS)).toList();
    others.forEach(session -> sessions.take(session.id(), shared));
    for (String name : names) {
      byHand.forget(name);
      if (sessionVariables.value(name) == null && ground().value(name) != null) {
        byHand.unset(name);
      }
    }
    asked();
    return new Outcome.Changed();
  }

  /** Lets a session's variables replace changes by hand, even if it registered the same before. */
  private void brought(Environment variables) {
    var next = sessions.variables();
    variables
        .variables()
        .forEach((name, value) -> {
          if (value.equals(next.value(name))) {
            byHand.forget(name);
          }
        });
  }

  private void sessionLost() {
    var gone = new TreeSet<>(sessionVariables.variables().keySet());
    gone.removeAll(sessions.variables().variables().keySet());
    if (!gone.isEmpty()) {
      onLoss.forEach(action -> action.accept(gone));
    }
  }

  private void sessionsChanged() {
    var next = sessions.variables();
    for (String name : sessionVariables.differences(next)) {
      if (next.value(name) != null) {
        byHand.forget(name);
      }
    }
    sessionVariables = next;
    review();
  }

  /** The environment if these sessions had precedence over all others. */
  public Environment preferring(List<Session> preferred) {
    var next = ground().with(sessionVariables.variables());
    if (!preferred.isEmpty()) {
      next = next.with(SessionTable.together(amongThemselves(preferred)).variables());
    }
    return programs.in(next.with(byHand.changes()));
  }

  /** The environment without sessions and without changes by hand. */
  private Environment ground() {
    return base.with(exports.variables());
  }

  /** Makes a session a desktop if it is shown in a window of a session not among them. */
  private static List<Session> amongThemselves(List<Session> some) {
    var ids = some.stream().map(Session::id).toList();
    return some.stream()
        .map(session -> {
          var standing = session.standing();
          return ids.contains(standing.outer()) ? session : session.standing(standing.within(0));
        })
        .toList();
  }

  private void review() {
    var next = preferring(List.of());
    if (next.equals(current)) {
      return;
    }
    current = next;
    List.copyOf(onChange).forEach(Runnable::run);
    quiet.set(QUIET, this::settle);
    if (!unrest.isSet()) {
      unrest.set(UNREST, this::settle);
    }
  }

  private void settle() {
    quiet.clear();
    unrest.clear();
    List.copyOf(onSettled).forEach(Runnable::run);
  }
}
