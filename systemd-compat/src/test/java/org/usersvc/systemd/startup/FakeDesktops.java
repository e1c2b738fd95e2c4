package org.usersvc.systemd.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.usersvc.daemon.extension.Desktops;

/** Sessions that come and go as a test says. */
final class FakeDesktops implements Desktops {
  private final TreeMap<Integer, Desktop> desktops = new TreeMap<>();
  private final List<Runnable> onChange = new ArrayList<>();
  private final List<IntConsumer> onGraphical = new ArrayList<>();

  /** A session that is led by a process comes. */
  void come(int id, int leader) {
    desktops.put(id, new Desktop(id, leader));
    onChange.forEach(Runnable::run);
  }

  /** Sessions end. */
  void end(int id) {
    desktops.remove(id);
    onChange.forEach(Runnable::run);
  }

  /** A session asks for the target. */
  void ask(int id) {
    onGraphical.forEach(action -> action.accept(id));
  }

  /** Nobody hears of sessions any more. */
  void forgetListeners() {
    onChange.clear();
    onGraphical.clear();
  }

  @Override
  public List<Desktop> all() {
    return List.copyOf(desktops.values());
  }

  @Override
  public boolean lives(int session) {
    return desktops.containsKey(session);
  }

  @Override
  public void onChange(Runnable action) {
    onChange.add(action);
  }

  @Override
  public void onGraphical(IntConsumer action) {
    onGraphical.add(action);
  }
}
