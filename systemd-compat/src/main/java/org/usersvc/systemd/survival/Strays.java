package org.usersvc.systemd.survival;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Processes;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.record.InvocationId;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Processes of units without a record of their run: the unit gets them; if it is not found, they
 * are ended.
 */
final class Strays {
  private final Engine engine;
  private final Processes processes;
  private final Supplier<Collection<UnitName>> names;
  private final Unclaimed unclaimed;
  private final IntPredicate own;
  private final Consumer<String> warn;

  /** Which processes no scope has taken in, in a set that may be changed. */
  @FunctionalInterface
  interface Unclaimed {
    Set<Integer> without(Set<Integer> found, ProcessTable table);
  }

  Strays(
      Engine engine,
      Processes processes,
      Supplier<Collection<UnitName>> names,
      Unclaimed unclaimed,
      IntPredicate own,
      Consumer<String> warn) {
    this.engine = engine;
    this.processes = processes;
    this.names = names;
    this.unclaimed = unclaimed;
    this.own = own;
    this.warn = warn;
  }

  void look(ProcessTable table) {
    table
        .byInvocation()
        .forEach((id, all) -> {
          if (InvocationId.isOurs(id) && !isOnRecord(id)) {
            var found = unclaimed.without(new LinkedHashSet<>(all), table);
            found.removeIf(pid -> !own.test(pid));
            if (!found.isEmpty()) {
              take(id, found, table);
            }
          }
        });
  }

  private boolean isOnRecord(String id) {
    return engine.manager().units().stream().anyMatch(unit -> unit.invocation().equals(id));
  }

  private void take(String id, Set<Integer> found, ProcessTable table) {
    var unit = unitOf(id);
    if (unit.isPresent()) {
      warn.accept(unit.get() + ": has processes without a record, taking them over: " + found);
      engine.takeover().recover(unit.get(), id, found, leader(found, table));
    } else {
      warn.accept("processes of a unit that is not known, ending them: " + found);
      found.forEach(pid -> processes.signal(pid, Signal.TERM));
    }
  }

  private Optional<UnitName> unitOf(String id) {
    return names.get().stream().filter(name -> InvocationId.isOf(name, id)).findFirst();
  }

  /** The only one that has a session of its own and no other as its parent; 0 if there is none. */
  private static int leader(Set<Integer> found, ProcessTable table) {
    var leaders =
        found.stream()
            .filter(pid -> {
              var entry = table.find(pid);
              return entry != null && entry.session() == pid && !found.contains(entry.parent());
            })
            .toList();
    return leaders.size() == 1 ? leaders.getFirst() : 0;
  }
}
