package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.scan.ScanNames;

/** All services that are open. <b>Loop thread only.</b> */
final class Catalogue {
  private final Map<ServiceId, ServiceRecord> byId = new LinkedHashMap<>();
  private final ScanNames names;

  Catalogue(ScanNames names) {
    this.names = names;
  }

  /** In the order in which they were opened; a copy. */
  List<ServiceRecord> all() {
    return List.copyOf(byId.values());
  }

  /** By name; a service with two names is there once. */
  Collection<ServiceRecord> sorted() {
    var sorted = new LinkedHashSet<ServiceRecord>();
    for (String name : names.all()) {
      var service = named(name);
      if (service != null) {
        sorted.add(service);
      }
    }
    return sorted;
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Whether a process is the run of some service, or of its logger. */
  boolean isRun(int pid) {
    return byId.values().stream()
        .flatMap(service -> service.processes().stream())
        .anyMatch(process -> process.state().phase().pidOrZero() == pid);
  }

  @Nullable ServiceRecord of(@Nullable ServiceId id) {
    return id == null ? null : byId.get(id);
  }

  @Nullable ServiceRecord named(String name) {
    return of(names.idOf(name));
  }

  void add(ServiceRecord service) {
    byId.put(service.id(), service);
  }

  void remove(ServiceRecord service) {
    byId.remove(service.id());
  }
}
