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
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;

/**
 * The activation environment: what the daemon was started with, the user's files, the sessions,
 * what was set by hand; the later wins. Processes that start get it as it is now; those that run
 * are looked at when it has not changed for a while. <b>Loop thread only.</b>
 */
public final class Activation {
  /** After so long without a change the environment counts as settled. */
  private static final Duration QUIET = Duration.ofMillis(200);

  /** At the latest it counts as settled so long after the first change. */
  private static final Duration UNREST = Duration.ofSeconds(1);

  private final ByHand byHand = new ByHand();
  private final List<Runnable> onChange = new ArrayList<>();
  private final List<Consumer<Set<String>>> onLoss = new ArrayList<>();
  private final List<Runnable> onAsked = new ArrayList<>();
  private final List<Runnable> onSettled = new ArrayList<>();
  private final Supplier<Environment> source;
  private final Sessions sessions;
  private Environment base;
  private Environment sessionVariables = Environment.EMPTY;
  private Environment current;
  private final Alarm quiet;
  private final Alarm unrest;

  /**
   * Begins with what there is without sessions.
   *
   * @param source reads what the daemon was started with, cleaned, and the user's files
   */
  public Activation(Supplier<Environment> source, Sessions sessions, EventLoop loop) {
    this.source = source;
    this.base = source.get();
    this.current = base;
    this.sessions = sessions;
    this.quiet = new Alarm(loop.timers());
    this.unrest = new Alarm(loop.timers());
    sessions.room().alsoCounts(() -> Environment.sizeOf(byHand.changes()));
    sessions.onBrought(this::brought);
    sessions.onLoss(this::sessionLost);
    sessions.onChange(this::sessionsChanged);
  }

  /** What a process that starts now is given, before its service's own env/. */
  public Environment current() {
    return current;
  }

  /** What it would be without sessions and without changes by hand. */
  public Environment base() {
    return base;
  }

  /** Has the action run after every change. */
  public void onChange(Runnable action) {
    onChange.add(action);
  }

  /**
   * Has the action run with the names of variables that have gone with a session or its bus. What
   * has the same value again soon after is another display, or another bus.
   */
  public void onLoss(Consumer<Set<String>> action) {
    onLoss.add(action);
  }

  /** Has the action run whenever something was set or unset by command. */
  void onAsked(Runnable action) {
    onAsked.add(action);
  }

  private void asked() {
    onAsked.forEach(Runnable::run);
    review();
  }

  /** Has the action run when changes have come to rest. */
  public void onSettled(Runnable action) {
    onSettled.add(action);
  }

  /** What was set and unset by command, null for what is unset. */
  public Map<String, @Nullable String> byHand() {
    return byHand.changes();
  }

  /** Takes over what was set and unset while an earlier daemon lived; false if it is too much. */
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

  /** Sets variables until a session brings them anew. */
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

  /** Takes variables away, wherever they come from, until a session brings them anew. */
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

  /**
   * Takes variables from one session alone, and from what belongs to no session. What other
   * sessions bring stays.
   *
   * @param own null for none
   */
  public Outcome unset(List<String> names, @Nullable Session own) {
    for (String name : names) {
      if (!Environment.isName(name)) {
        return new Outcome.InvalidName(name);
      }
    }
    if (own != null) {
      sessions.take(own.id(), names);
    }
    for (String name : names) {
      byHand.forget(name);
      if (sessionVariables.value(name) == null && base.value(name) != null) {
        byHand.unset(name);
      }
    }
    asked();
    return new Outcome.Changed();
  }

  /** What a session brings counts from now on, even if it brought the same before. */
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

  /** What it would be if these sessions counted before all others. */
  public Environment preferring(List<Session> preferred) {
    var next = base.with(sessionVariables.variables());
    if (!preferred.isEmpty()) {
      next = next.with(SessionTable.together(amongThemselves(preferred)).variables());
    }
    return next.with(byHand.changes());
  }

  /** A window of a session that is not among them counts as a desktop. */
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
