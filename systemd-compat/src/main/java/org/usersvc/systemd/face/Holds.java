package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The units that callers keep from being forgotten, until they say so or leave. <b>Loop thread
 * only.</b>
 */
public final class Holds {
  private final Manager manager;
  private final Map<Held, List<Runnable>> all = new HashMap<>();

  /** Who keeps which unit. */
  private record Held(Link link, String sender, UnitName unit) {}

  public Holds(Manager manager) {
    this.manager = manager;
  }

  /** Keeps a unit for the caller, and answers. */
  public void holdFor(UnitRecord unit, Call call) {
    hold(unit, call);
    call.answer("");
  }

  /** Keeps a unit for the caller; calls are counted. */
  public void hold(UnitRecord unit, Call call) {
    var held = held(unit, call);
    manager.hold(unit);
    var ends = all.computeIfAbsent(held, _ -> new ArrayList<>());
    ends.add(call.link().whenGone(call.sender(), () -> left(held, unit)));
  }

  private static Held held(UnitRecord unit, Call call) {
    return new Held(call.link(), call.sender(), unit.unit().id());
  }

  private void left(Held held, UnitRecord unit) {
    var ends = all.remove(held);
    if (ends != null) {
      ends.forEach(_ -> manager.release(unit));
    }
  }

  /** Takes one {@link #hold} back, and answers. */
  public void release(UnitRecord unit, Call call) {
    var held = held(unit, call);
    var ends = all.get(held);
    if (ends == null) {
      call.fail(BusErrors.NOT_REFERENCED, "Unit has not been referenced yet.");
      return;
    }
    ends.removeLast().run();
    if (ends.isEmpty()) {
      all.remove(held);
    }
    manager.release(unit);
    call.answer("");
  }
}
