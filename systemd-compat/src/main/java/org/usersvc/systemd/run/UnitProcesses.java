package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.notify.Sender;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;

/**
 * The processes of one unit: those that it has started, and those that a census finds. <b>Loop
 * thread only.</b>
 */
final class UnitProcesses {
  /** So many ended processes are remembered; each is the leader of a session that may live on. */
  private static final int MOST_KNOWN = 256;

  /** A unit whose processes are made faster than they are killed gets so many rounds of signals. */
  private static final int MOST_ROUNDS = 10;

  private final Workplace place;
  private final Members members;
  private final Listener listener;

  /** The start times of processes that belong or belonged to it; the eldest first. */
  private final Map<Integer, Long> known = new LinkedHashMap<>();

  /** Those whose end will be reported, with what ends the waiting for it; the eldest first. */
  private final Map<Integer, Runnable> living = new LinkedHashMap<>();

  /** Which not all processes have got yet; the eldest first. */
  private final List<SignalOrder> unsent = new ArrayList<>();

  private String invocation = "";
  private boolean looking;

  /** Which processes of a table are the unit's. */
  @FunctionalInterface
  interface Members {
    Set<Integer> of(ProcessTable table, ProcessTable.Unit unit);
  }

  /** Is notified of the ends of processes. */
  interface Listener {
    /** A process has ended that no command of the unit was. */
    void ended(int pid, ExitStatus status);

    /** No process is left. */
    void gone();

    /** Signals have been sent, which the record need not have any more. */
    default void sent() {}
  }

  /** A command: its end is reported, and nothing ends the waiting for it. */
  private record Command() implements Runnable {
    @Override
    public void run() {}
  }

  UnitProcesses(Workplace place, Members members, Listener listener) {
    this.place = place;
    this.members = members;
    this.listener = listener;
  }

  /** Begins a run of the unit with that id; what an earlier run has left stays known. */
  void begin(String id) {
    if (!id.equals(invocation)) {
      invocation = id;
      known.keySet().retainAll(living.keySet());
    }
  }

  /** A command of the unit runs. Its end has to be reported by {@link #ended}. */
  void started(int pid) {
    know(pid);
    living.put(pid, new Command());
  }

  private long know(int pid) {
    long start = startOf(pid);
    known.put(pid, start);
    forgetSome();
    return start;
  }

  private void forgetSome() {
    if (known.size() - living.size() > MOST_KNOWN) {
      known.keySet().stream()
          .filter(pid -> !living.containsKey(pid))
          .findFirst()
          .ifPresent(known::remove);
    }
  }

  /** A command has ended, and the listener knows. */
  void ended(int pid) {
    living.remove(pid);
    if (living.isEmpty()) {
      look();
    }
  }

  /**
   * Takes a process in that others have started.
   *
   * @return false if it has gone
   */
  boolean attach(int pid) {
    return living.containsKey(pid) || watch(pid, know(pid));
  }

  private boolean watch(int pid, long start) {
    var end = place.mechanisms().processes().onEndOf(pid, this::watchedEnded);
    if (end == null) {
      return false;
    }
    known.put(pid, start);
    living.put(pid, end);
    return true;
  }

  /** Writes which they are. */
  void record(Fields to) {
    to.put("group", invocation);
    to.putAll(
        "processes",
        known.entrySet().stream()
            .map(each -> mark(each.getKey()) + each.getKey() + ":" + each.getValue())
            .toList());
    to.putAll("unsent", unsent.stream().map(SignalOrder::text).toList());
  }

  private String mark(int pid) {
    return living.containsKey(pid) ? "+" : "";
  }

  /**
   * Takes over those that an earlier daemon has written down, and sends later in this turn what it
   * has not sent any more.
   *
   * @throws RecordFault if the record is damaged; nothing has changed then
   */
  void resume(Fields from) throws RecordFault {
    var starts = new LinkedHashMap<Integer, Long>();
    var alive = new ArrayList<Integer>();
    for (var word : from.words("processes")) {
      boolean lives = word.startsWith("+");
      var parts = word.substring(lives ? 1 : 0).split(":", 2);
      int pid = (int) Fields.number("a process", parts[0]);
      starts.put(pid, Fields.number("a process", parts[parts.length - 1]));
      if (lives) {
        alive.add(pid);
      }
    }
    var orders = new ArrayList<SignalOrder>();
    for (var word : from.words("unsent")) {
      orders.add(SignalOrder.parse(word));
    }
    invocation = from.text("group");
    known.putAll(starts);
    alive.forEach(pid -> watchSame(pid, starts.getOrDefault(pid, 0L)));
    var turns = place.mechanisms().turns();
    orders.forEach(order -> turns.soon(() -> send(order, () -> {})));
    unsent.addAll(orders);
  }

  /** Watches a process unless it has gone, and another one has its pid. */
  private void watchSame(int pid, long start) {
    if (watch(pid, start) && startOf(pid) != start) {
      unwatch(pid);
    }
  }

  private void unwatch(int pid) {
    var watch = living.remove(pid);
    if (watch != null) {
      watch.run();
    }
  }

  /** When a process has started, in clock ticks since boot; 0 if it has gone. */
  long startOf(int pid) {
    var stat = ProcessStat.of(place.mechanisms().files(), pid);
    return stat == null ? 0 : stat.startTime();
  }

  /** Whether that process is known to live. */
  boolean lives(int pid) {
    return living.containsKey(pid);
  }

  private void watchedEnded(int pid, ExitStatus status) {
    if (living.remove(pid) != null) {
      listener.ended(pid, status);
      if (living.isEmpty()) {
        look();
      }
    }
  }

  /** Whether no process is known to live. */
  boolean isEmpty() {
    return living.isEmpty();
  }

  /** What is known of them, now and later. */
  ProcessTable.Unit unit() {
    return new ProcessTable.Unit(invocation, Collections.unmodifiableMap(known));
  }

  /** Whether a process is one of the unit, or a descendant of one, as far as is known at once. */
  boolean has(int pid) {
    return living.containsKey(pid)
        || new Sender(place.mechanisms().files(), place.self())
            .candidates(pid).stream().anyMatch(known::containsKey);
  }

  /** Whether a process has the id of this run in its environment. */
  boolean hasId(int pid) {
    return invocation.equals(ProcessInvocation.of(place.mechanisms().files(), pid));
  }

  /** Finds out whether a process is left, and notifies the listener if none is. */
  void look() {
    if (looking) {
      return;
    }
    looking = true;
    census((_, found) -> {
      looking = false;
      if (found.isEmpty()) {
        listener.gone();
      }
    });
  }

  /** Calls the taker soon with the living processes of the unit. */
  void census(BiConsumer<ProcessTable, Set<Integer>> taker) {
    place.mechanisms().census().ask(table -> taker.accept(table, found(table)));
  }

  private Set<Integer> found(ProcessTable table) {
    var all = members.of(table, unit());
    letGo(table, all);
    for (int pid : all) {
      var entry = table.find(pid);
      if (entry != null && !living.containsKey(pid)) {
        watch(pid, entry.start());
      }
    }
    return new LinkedHashSet<>(living.keySet());
  }

  /** Another unit has taken processes. */
  void leave(Set<Integer> pids) {
    for (int pid : pids) {
      unwatch(pid);
      known.remove(pid);
    }
  }

  /** Forgets those that are another unit's by now. */
  private void letGo(ProcessTable table, Set<Integer> all) {
    for (int pid : List.copyOf(living.keySet())) {
      if (table.find(pid) != null && !all.contains(pid)) {
        unwatch(pid);
        known.remove(pid);
      }
    }
  }

  /** Sends signals to one process that lives. */
  void signal(int pid, List<Signal> signals) {
    if (living.containsKey(pid)) {
      signals.forEach(signal -> place.mechanisms().processes().signal(pid, signal));
    }
  }

  /**
   * Sends signals to all processes but some, also to those that they start meanwhile; commands get
   * them at once. If there is none at all, the listener is notified.
   *
   * @param done run when all have got them
   */
  void signalAll(List<Signal> signals, Set<Integer> spared, Runnable done) {
    var served = new LinkedHashSet<>(spared);
    living.forEach((pid, end) -> {
      if (end instanceof Command && served.add(pid)) {
        signal(pid, signals);
      }
    });
    var order = new SignalOrder(List.copyOf(signals), Set.copyOf(served));
    unsent.add(order);
    send(order, done);
  }

  private void send(SignalOrder order, Runnable done) {
    Runnable sent =
        () -> {
          unsent.remove(order);
          listener.sent();
          done.run();
        };
    signalRest(order.signals(), new LinkedHashSet<>(order.spared()), MOST_ROUNDS, sent);
  }

  private void signalRest(List<Signal> signals, Set<Integer> served, int rounds, Runnable done) {
    census((_, found) -> {
      boolean none = found.isEmpty();
      found.removeAll(served);
      signals.forEach(signal -> signalEach(found, signal));
      served.addAll(found);
      if (found.isEmpty() || rounds == 0) {
        done.run();
      } else {
        signalRest(signals, served, rounds - 1, done);
      }
      if (none) {
        listener.gone();
      }
    });
  }

  private void signalEach(Set<Integer> pids, Signal signal) {
    pids.forEach(pid -> place.mechanisms().processes().signal(pid, signal));
  }

  /** Forgets all processes; their ends are not reported any more. */
  void forget() {
    living.values().forEach(Runnable::run);
    living.clear();
    known.clear();
  }
}
