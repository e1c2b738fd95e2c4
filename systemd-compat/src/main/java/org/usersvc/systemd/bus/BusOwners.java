package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.run.BusNames;

/** The owners of names on all buses; a name is owned if it is on one of them. */
final class BusOwners implements BusNames {
  private final List<Link> buses = new ArrayList<>();
  private final Set<Watch> watches = new LinkedHashSet<>();

  /** A name that a listener waits for. */
  private static final class Watch {
    private final String name;
    private final Runnable owned;
    private final Runnable lost;
    private final Set<String> owningBuses = new LinkedHashSet<>();

    Watch(String name, Runnable owned, Runnable lost) {
      this.name = name;
      this.owned = owned;
      this.lost = lost;
    }

    void become(Link bus, boolean isOwned) {
      boolean before = !owningBuses.isEmpty();
      if (isOwned) {
        owningBuses.add(bus.address());
      } else {
        owningBuses.remove(bus.address());
      }
      boolean now = !owningBuses.isEmpty();
      if (before != now) {
        (now ? owned : lost).run();
      }
    }

    Link.Request match(String member) {
      String rule =
          "type='signal',sender='%s',member='NameOwnerChanged',arg0='%s'"
              .formatted(Link.Request.BUS, name);
      return Link.Request.ofBus(member, "s", rule);
    }
  }

  /** A bus is ready. */
  void ready(Link bus) {
    buses.removeIf(other -> other.address().equals(bus.address()));
    buses.add(bus);
    watches.forEach(watch -> begin(watch, bus));
  }

  /** A signal has come in from a bus. */
  void emitted(Link bus, Emission signal) {
    if (signal.sender().equals(Link.Request.BUS)
        && signal.member().equals("NameOwnerChanged")
        && signal.values().size() == 3) {
      for (var watch : List.copyOf(watches)) {
        if (watch.name.equals(signal.values().getFirst())) {
          watch.become(bus, !signal.values().getLast().toString().isEmpty());
        }
      }
    }
  }

  @Override
  public Runnable watch(String name, Runnable owned, Runnable lost) {
    var watch = new Watch(name, owned, lost);
    watches.add(watch);
    buses.forEach(bus -> begin(watch, bus));
    return () -> end(watch);
  }

  private void begin(Watch watch, Link bus) {
    bus.call(watch.match("AddMatch"), _ -> {}); // without it no owner is seen
    bus.call(
        Link.Request.ofBus("NameHasOwner", "s", watch.name),
        reply -> {
          boolean has =
              reply instanceof Link.Reply.Values(var values)
                  && Boolean.TRUE.equals(values.getFirst());
          if (watches.contains(watch)) {
            watch.become(bus, has);
          }
        });
  }

  private void end(Watch watch) {
    if (watches.remove(watch)) {
      buses.forEach(bus -> bus.call(watch.match("RemoveMatch"), _ -> {})); // it may be gone
    }
  }
}
