package org.usersvc.daemon.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The services of all families, for all doors. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: no two services that doors see have a name in common: a service hides those of
 * later families that are called as it is.
 */
public final class Services {
  private final List<ServiceFamily> families = new ArrayList<>();
  private final List<Watcher<Commanded>> watchers = new CopyOnWriteArrayList<>();

  public Services(ServiceFamily first) {
    add(first);
  }

  /** Adds a family after the others; its services count as new. */
  public void add(ServiceFamily family) {
    var gate = new Gate(families.size());
    families.add(family);
    family.watch(gate);
    family.all().forEach(gate::changed);
  }

  /** The services that hide all others: service directories. */
  public ServiceFamily first() {
    return families.getFirst();
  }

  /** The service or logger that a client names, else the reason why there is none. */
  public LookUp lookUp(String name) {
    var answer = families.getFirst().lookUp(name);
    for (var family : families.subList(1, families.size())) {
      if (answer instanceof LookUp.Found) {
        return answer;
      }
      var other = family.lookUp(name);
      if (other instanceof LookUp.Found
          || (other instanceof LookUp.NotSupervised && answer instanceof LookUp.NoSuchService)) {
        answer = other;
      }
    }
    return answer;
  }

  /** Runs an action as soon as {@link #lookUp} of that name does not take long any more. */
  public void prepare(String name, Runnable action) {
    if (families.getFirst().lookUp(name) instanceof LookUp.Found) {
      action.run();
    } else {
      prepare(name, families.subList(1, families.size()).iterator(), action);
    }
  }

  private static void prepare(String name, Iterator<ServiceFamily> rest, Runnable action) {
    if (rest.hasNext()) {
      rest.next().prepare(name, () -> prepare(name, rest, action));
    } else {
      action.run();
    }
  }

  /** What the first family says that knows the name: {@link ServiceFamily#enabled}. */
  public @Nullable String enabled(String name) {
    for (var family : families) {
      String word = family.enabled(name);
      if (word != null) {
        return word;
      }
    }
    return null;
  }

  /** As {@link #lookUp}, null if there is none. */
  public @Nullable Commanded find(String name) {
    return lookUp(name) instanceof LookUp.Found(var service) ? service : null;
  }

  /** The service or logger of that native name, also if it is not the first; opens none. */
  public @Nullable Commanded known(String name) {
    return known(name, families);
  }

  private static @Nullable Commanded known(String name, List<ServiceFamily> families) {
    for (var family : families) {
      var service = family.known(name);
      if (service != null) {
        return service;
      }
    }
    return null;
  }

  /** Every service without its logger: family by family, by name. */
  public List<Commanded> all() {
    return each(ServiceFamily::all);
  }

  /** Those of all that the user has asked for, or that need attention; in the same order. */
  public List<Commanded> listed() {
    return each(ServiceFamily::listed);
  }

  private List<Commanded> each(Function<ServiceFamily, Collection<? extends Commanded>> which) {
    var all = new ArrayList<Commanded>(which.apply(families.getFirst()));
    for (int place = 1; place < families.size(); place++) {
      for (var service : which.apply(families.get(place))) {
        if (!isHidden(service, place)) {
          all.add(service);
        }
      }
    }
    return all;
  }

  /** Whether a family before that place has a service of the same name. */
  private boolean isHidden(Commanded service, int place) {
    return known(service.view().nativeName(), families.subList(0, place)) != null;
  }

  /** Calls the watcher with every change of a service that is not hidden, from now on. */
  public void watch(Watcher<Commanded> watcher) {
    watchers.add(watcher);
  }

  /** Ends {@link #watch}. */
  public void ignore(Watcher<Commanded> watcher) {
    watchers.remove(watcher);
  }

  /** Passes on the changes of one family, but not those of services that earlier ones hide. */
  private final class Gate implements Watcher<Commanded> {
    private final int place;

    Gate(int place) {
      this.place = place;
    }

    @Override
    public void changed(Commanded service) {
      if (!isHidden(service, place)) {
        namesakes(service).forEach(Services.this::gone);
        watchers.forEach(watcher -> watcher.changed(service));
      }
    }

    @Override
    public void moved(Commanded service, String before) {
      if (!isHidden(service, place)) {
        watchers.forEach(watcher -> watcher.moved(service, before));
      }
    }

    @Override
    public void shown(Commanded service) {
      watchers.forEach(watcher -> watcher.shown(service));
    }

    @Override
    public void gone(Commanded service) {
      Services.this.gone(service);
      for (var other : namesakes(service)) {
        if (other.equals(known(other.view().nativeName()))) {
          watchers.forEach(watcher -> watcher.changed(other));
        }
      }
    }

    /** The services of the later families that have one of its names. */
    private List<Commanded> namesakes(Commanded service) {
      var later = families.subList(place + 1, families.size());
      if (later.isEmpty()) {
        return List.of();
      }
      var names = new HashSet<>(service.view().names());
      names.add(service.view().nativeName()); // the last that it had
      var found = new ArrayList<Commanded>();
      for (String name : names) {
        var other = known(name, later);
        if (other != null) {
          found.add(other);
        }
      }
      return found;
    }
  }

  private void gone(Commanded service) {
    watchers.forEach(watcher -> watcher.gone(service));
  }
}
