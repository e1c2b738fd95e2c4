package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.List;

/** Names whose owners a test tells. */
final class FakeBusNames implements BusNames {
  private record Watch(String name, Runnable owned, Runnable lost) {}

  private final List<Watch> watches = new ArrayList<>();

  @Override
  public Runnable watch(String name, Runnable owned, Runnable lost) {
    var watch = new Watch(name, owned, lost);
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  void owned(String name) {
    of(name).forEach(watch -> watch.owned().run());
  }

  void lost(String name) {
    of(name).forEach(watch -> watch.lost().run());
  }

  private List<Watch> of(String name) {
    return watches.stream().filter(watch -> watch.name().equals(name)).toList();
  }

  List<String> watched() {
    return watches.stream().map(Watch::name).toList();
  }
}
