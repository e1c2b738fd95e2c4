package org.usersvc.systemd.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;

/**
 * The processes that scopes have taken in, although a service or another scope had them before:
 * they are no more theirs, nor are their descendants. <b>Loop thread only.</b>
 */
public final class Claims {
  /** A chain of parents that is longer is not followed. */
  private static final int MOST_PARENTS = 1000;

  /** The name of a value in records. */
  private static final String NAMED = "named";

  private final IdentityHashMap<Holder, ProcessTable.Unit> claimed = new IdentityHashMap<>();

  /** Those that were named when they were taken in, by their pids. */
  private final Map<Integer, Named> named = new HashMap<>();

  /** A scope. */
  interface Holder {
    /** Another scope has taken these processes, perhaps from this one. */
    void taken(Set<Integer> pids);
  }

  private record Named(Holder holder, long start) {}

  /**
   * A scope takes processes, and their family with them.
   *
   * @param processes all that it has; later changes count
   * @param pids those that are named now, with their start times
   */
  void take(Holder scope, ProcessTable.Unit processes, Map<Integer, Long> pids) {
    claimed.put(scope, processes);
    pids.forEach((pid, start) -> named.put(pid, new Named(scope, start)));
    List.copyOf(claimed.keySet()).stream()
        .filter(other -> !other.equals(scope))
        .forEach(other -> other.taken(pids.keySet()));
  }

  /** Writes which processes were named when the scope took them. */
  void record(Holder scope, Fields to) {
    to.putAll(
        NAMED,
        named.entrySet().stream()
            .filter(each -> each.getValue().holder().equals(scope))
            .map(each -> each.getKey() + ":" + each.getValue().start())
            .toList());
  }

  /**
   * Reads it.
   *
   * @throws RecordFault if the record is damaged
   */
  static Map<Integer, Long> read(Fields from) throws RecordFault {
    var starts = new HashMap<Integer, Long>();
    for (var word : from.words(NAMED)) {
      var parts = word.split(":", 2);
      int pid = (int) Fields.number("a process", parts[0]);
      starts.put(pid, Fields.number("its start", parts[parts.length - 1]));
    }
    return starts;
  }

  void remove(Holder scope) {
    claimed.remove(scope);
    named.values().removeIf(each -> each.holder().equals(scope));
  }

  /** The same processes without those of scopes. */
  public Set<Integer> without(Set<Integer> found, ProcessTable table) {
    if (claimed.isEmpty()) {
      return found;
    }
    var rest = new HashSet<>(found);
    claimed.values().forEach(processes -> rest.removeAll(table.family(processes)));
    rest.removeIf(pid -> holder(pid, table) != null);
    return rest;
  }

  /** The same processes without those that another scope has taken from this one. */
  Set<Integer> without(Set<Integer> found, ProcessTable table, Holder scope) {
    var rest = new HashSet<>(found);
    rest.removeIf(pid -> {
      var holder = holder(pid, table);
      return holder != null && !holder.equals(scope);
    });
    return rest;
  }

  /** Whose the process or its nearest parent is that was named; null if none was. */
  private @Nullable Holder holder(int pid, ProcessTable table) {
    var entry = table.find(pid);
    for (int i = 0; entry != null && i < MOST_PARENTS; i++) {
      var known = named.get(entry.pid());
      if (known != null && known.start() == entry.start()) {
        return known.holder();
      }
      entry = table.find(entry.parent());
    }
    return null;
  }
}
