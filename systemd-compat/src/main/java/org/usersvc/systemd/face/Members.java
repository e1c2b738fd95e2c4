package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.usersvc.daemon.execution.Census;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Populated;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitType;

/** Finds out which processes belong to which unit. <b>Loop thread only.</b> */
public final class Members {
  private final Manager manager;
  private final Census census;
  private final IntFunction<String> commandLine;
  private final IntPredicate managers;

  /**
   * @param commandLine the command line of a process for people; empty if it has gone
   * @param managers whether a process manages services, and so belongs to none of them
   */
  public Members(
      Manager manager, Census census, IntFunction<String> commandLine, IntPredicate managers) {
    this.manager = manager;
    this.census = census;
    this.commandLine = commandLine;
    this.managers = managers;
  }

  /** The first of these processes that no unit can have, as it manages services. */
  public Optional<Integer> managerAmong(Collection<Integer> pids) {
    return pids.stream().filter(managers::test).findFirst();
  }

  /** Whether a process lives. */
  public boolean lives(int pid) {
    return !commandLine.apply(pid).isEmpty();
  }

  /** Answers with the living processes of a unit. */
  public void tell(UnitRecord unit, Call call) {
    of(unit, pids -> call.answer("a(sus)", described(pids)));
  }

  /** Calls the taker with the living processes of a unit. */
  public void of(UnitRecord unit, Consumer<Set<Integer>> taker) {
    if (unit.state().active().isInactiveOrFailed()) {
      taker.accept(Set.of());
    } else if (unit.controller() instanceof Populated populated) {
      populated.processes(taker);
    } else {
      census.ask(table -> taker.accept(of(unit, table)));
    }
  }

  /** By what its processes have in their environments, and by its main process. */
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
    var all = running();
    var known = all.stream().filter(unit -> has(unit, pid)).findFirst();
    if (known.isPresent() || all.isEmpty()) {
      taker.accept(known);
    } else {
      search(all, pid, taker);
    }
  }

  private void search(List<UnitRecord> all, int pid, Consumer<Optional<UnitRecord>> taker) {
    var found = new ArrayList<UnitRecord>();
    var unseen = new HashSet<>(all);
    for (var unit : all) {
      of(
          unit,
          pids -> {
            if (pids.contains(pid)) {
              found.add(unit);
            }
            unseen.remove(unit);
            if (unseen.isEmpty()) {
              taker.accept(found.stream().findFirst());
            }
          });
    }
  }

  /** Scopes first, as they take processes from services. */
  private List<UnitRecord> running() {
    return manager.units().stream()
        .filter(unit -> !unit.state().active().isInactiveOrFailed())
        .filter(unit -> hasProcesses(unit.unit().type()))
        .sorted(Comparator.comparing(unit -> unit.unit().type() != UnitType.SCOPE))
        .toList();
  }

  private static boolean hasProcesses(UnitType type) {
    return switch (type) {
      case SERVICE, SCOPE, SOCKET -> true;
      case TARGET, TIMER, PATH, SLICE, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
    };
  }

  private static boolean has(UnitRecord unit, int pid) {
    return own(unit).contains(pid)
        || (unit.controller() instanceof Populated populated && populated.has(pid));
  }

  /** The main and the control process of a service. */
  private static Set<Integer> own(UnitRecord unit) {
    var pids = new LinkedHashSet<Integer>();
    if (unit.controller() instanceof ServiceController service) {
      pids.addAll(List.of(service.mainPid(), service.controlPid()));
      pids.remove(0);
    }
    return pids;
  }

  /** Living processes with their control group and command line, as {@code a(sus)}. */
  private List<Object> described(Set<Integer> pids) {
    var all = new ArrayList<Object>();
    for (int pid : pids) {
      all.add(new Object[] {"", (long) pid, commandLine.apply(pid)});
    }
    return all;
  }
}
