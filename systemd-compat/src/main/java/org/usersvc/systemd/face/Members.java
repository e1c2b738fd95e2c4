package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.execution.Census;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.UnitRecord;

/** Finds out which processes belong to which unit. <b>Loop thread only.</b> */
public final class Members {
  private final Manager manager;
  private final Census census;

  public Members(Manager manager, Census census) {
    this.manager = manager;
    this.census = census;
  }

  /** Answers with the living processes of a unit. */
  public void tell(UnitRecord unit, Call call) {
    of(unit, pids -> call.answer("a(sus)", described(pids)));
  }

  /** Calls the taker with the living processes of a unit. */
  public void of(UnitRecord unit, Consumer<Set<Integer>> taker) {
    if (unit.state().active().isInactiveOrFailed()) {
      taker.accept(Set.of());
    } else {
      census.ask(table -> taker.accept(of(unit, table)));
    }
  }

  private static Set<Integer> of(UnitRecord unit, ProcessTable table) {
    var known = new HashMap<Integer, Long>();
    for (int pid : own(unit)) {
      var entry = table.find(pid);
      if (entry != null) {
        known.put(pid, entry.start());
      }
    }
    if (known.isEmpty() && unit.invocation().isEmpty()) {
      return Set.of();
    }
    return table.of(new ProcessTable.Unit(unit.invocation(), Map.copyOf(known)));
  }

  /** Calls the taker with the unit of a process; empty if it is of none. */
  public void unitOf(int pid, Consumer<Optional<UnitRecord>> taker) {
    var direct = running().stream().filter(unit -> own(unit).contains(pid)).findFirst();
    if (direct.isPresent()) {
      taker.accept(direct);
    } else {
      census.ask(table ->
          taker.accept(
              running().stream().filter(unit -> of(unit, table).contains(pid)).findFirst()));
    }
  }

  private List<UnitRecord> running() {
    return manager.units().stream()
        .filter(unit -> !unit.state().active().isInactiveOrFailed())
        .toList();
  }

  /** The processes that the engine itself knows. */
  private static Set<Integer> own(UnitRecord unit) {
    var pids = new LinkedHashSet<Integer>();
    if (unit.controller() instanceof ServiceController service) {
      pids.addAll(List.of(service.mainPid(), service.controlPid()));
      pids.remove(0);
    }
    return pids;
  }

  /** Living processes with their control group and command line, as {@code a(sus)}. */
  private static List<Object> described(Set<Integer> pids) {
    var all = new ArrayList<Object>();
    for (int pid : pids) {
      all.add(new Object[] {"", (long) pid, Integer.toString(pid)});
    }
    return all;
  }
}
