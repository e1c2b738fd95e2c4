package org.usersvc.daemon.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Services that are only a name and a state. */
public final class FakeFamily implements ServiceFamily {
  private final TreeMap<String, FakeService> services = new TreeMap<>();
  private final List<Watcher<Commanded>> watchers = new ArrayList<>();
  private final Consumer<Runnable> later;

  /**
   * Begins without services.
   *
   * @param later runs an action after the present one
   */
  public FakeFamily(Consumer<Runnable> later) {
    this.later = later;
  }

  /** A new service, which is down. */
  public FakeService put(String name) {
    var service = new FakeService(name, later, watchers);
    services.put(name, service);
    watchers.forEach(watcher -> watcher.changed(service));
    return service;
  }

  public void remove(FakeService service) {
    services.remove(service.nativeName());
    watchers.forEach(watcher -> watcher.gone(service));
  }

  @Override
  public LookUp lookUp(String name) {
    var service = services.get(name);
    if (service != null) {
      return new LookUp.Found(service);
    }
    return name.startsWith("masked")
        ? new LookUp.NotSupervised("it is masked")
        : new LookUp.NoSuchService("no fake is called so");
  }

  @Override
  public @Nullable Commanded known(String name) {
    return services.get(name);
  }

  @Override
  public Collection<FakeService> all() {
    return List.copyOf(services.values());
  }

  @Override
  public void watch(Watcher<Commanded> watcher) {
    watchers.add(watcher);
  }
}
