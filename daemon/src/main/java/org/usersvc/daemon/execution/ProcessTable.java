package org.usersvc.daemon.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The living processes at one moment, and which of them belong together. Immutable to its users:
 * some processes are read only when they are asked for. <b>Loop thread only.</b>
 *
 * <p>Without cgroups, a process belongs to a unit if its environment has the unit's invocation id,
 * if its session or process group was begun by a process of the unit, or if a parent belongs to it.
 * A process with the id of another unit never does.
 */
public final class ProcessTable {
  private final Map<Integer, Entry> living;
  private final Set<Integer> unread;
  private final Function<Entry, @Nullable Entry> reader;
  private final Map<String, List<Integer>> byInvocation = new HashMap<>();
  private final Map<Integer, List<Integer>> byLeader = new HashMap<>();
  private final Map<Integer, List<Integer>> byParent = new HashMap<>();

  /**
   * One living process.
   *
   * @param start in clock ticks since boot
   * @param invocation the value of {@code INVOCATION_ID} in its environment, null if there is none
   *     or it cannot be read
   */
  public record Entry(
      int pid, int parent, int group, int session, long start, @Nullable String invocation) {}

  /**
   * What is known of a unit.
   *
   * @param invocation its invocation id
   * @param known its known processes, also ended ones, with their start times in clock ticks
   */
  public record Unit(String invocation, Map<Integer, Long> known) {}

  /** Takes the processes; the daemon itself is none of them. */
  public ProcessTable(Map<Integer, Entry> living) {
    this(living, new HashSet<>(), entry -> entry);
  }

  /**
   * The same with processes that may have ended.
   *
   * @param unread their pids; they are taken out when they are read
   * @param reader reads one, and gives null if it has ended
   */
  ProcessTable(
      Map<Integer, Entry> living, Set<Integer> unread, Function<Entry, @Nullable Entry> reader) {
    this.living = living;
    this.unread = unread;
    this.reader = reader;
    living.values().forEach(this::index);
  }

  private void index(Entry entry) {
    add(byParent, entry.parent(), entry.pid());
    add(byLeader, entry.session(), entry.pid());
    if (entry.group() != entry.session()) {
      add(byLeader, entry.group(), entry.pid());
    }
    if (entry.invocation() != null) {
      add(byInvocation, entry.invocation(), entry.pid());
    }
  }

  private static <K> void add(Map<K, List<Integer>> index, K key, int pid) {
    index.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(pid);
  }

  /** The living processes by the invocation ids in their environments. */
  public Map<String, List<Integer>> byInvocation() {
    readAll();
    byInvocation.values().forEach(pids -> pids.removeIf(pid -> !living.containsKey(pid)));
    byInvocation.values().removeIf(List::isEmpty);
    return Collections.unmodifiableMap(byInvocation);
  }

  /** All of them. */
  public Collection<Entry> all() {
    readAll();
    return Collections.unmodifiableCollection(living.values());
  }

  /** The process of that pid, null if none lives. */
  public @Nullable Entry find(int pid) {
    var found = living.get(pid);
    if (found != null && unread.remove(pid)) {
      living.compute(pid, (_, before) -> before == null ? null : reader.apply(before));
    }
    return living.get(pid);
  }

  private void readAll() {
    List.copyOf(unread).forEach(this::find);
  }

  /** The living processes of a unit; those that are found first are its oldest relations. */
  public Set<Integer> of(Unit unit) {
    var found = new LinkedHashSet<Integer>();
    var first = new ArrayList<Integer>();
    unit.known().forEach((pid, start) -> first.addAll(around(pid, start)));
    first.addAll(byInvocation.getOrDefault(unit.invocation(), List.of()));
    addFamily(first, unit, found);
    return found;
  }

  /**
   * The living ones of the unit's known processes, their descendants, sessions and groups. Another
   * process is not among them, although it has the invocation id: a service that has started them
   * may have it, too.
   */
  public Set<Integer> family(Unit unit) {
    var found = new LinkedHashSet<Integer>();
    unit.known().forEach((pid, start) -> addFamily(around(pid, start), unit, found));
    return found;
  }

  private void addFamily(List<Integer> first, Unit unit, Set<Integer> found) {
    var next = new ArrayDeque<Integer>(first);
    for (var pid = next.poll(); pid != null; pid = next.poll()) {
      if (mayBelong(pid, unit) && found.add(pid)) {
        next.addAll(byParent.getOrDefault(pid, List.of()));
      }
    }
  }

  /** A pid is not reused while it names a group or session, so its members are the unit's. */
  private List<Integer> around(int pid, long start) {
    var entry = find(pid);
    if (entry != null && entry.start() != start) {
      return List.of();
    }
    var all = new ArrayList<Integer>(byLeader.getOrDefault(pid, List.of()));
    if (entry != null) {
      all.addFirst(pid);
    }
    return all;
  }

  private boolean mayBelong(int pid, Unit unit) {
    var entry = find(pid);
    return entry != null
        && (entry.invocation() == null
            || entry.invocation().equals(unit.invocation())
            || unit.known().containsKey(pid));
  }
}
