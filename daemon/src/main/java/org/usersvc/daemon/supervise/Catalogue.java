package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ServiceId;

/** All services that are open, by directory and by name. <b>Loop thread only.</b> */
final class Catalogue {
  private final Map<ServiceId, ServiceRecord> byId = new LinkedHashMap<>();
  private final TreeMap<String, ServiceRecord> byName = new TreeMap<>();

  /** In the order in which they were opened; a copy. */
  List<ServiceRecord> all() {
    return List.copyOf(byId.values());
  }

  /** By name; a service with two names is there once. */
  Collection<ServiceRecord> sorted() {
    return new LinkedHashSet<>(byName.values());
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
    return byName.get(name);
  }

  void add(ServiceRecord service) {
    byId.put(service.id(), service);
    service.names().forEach(each -> byName.put(each, service));
  }

  void remove(ServiceRecord service) {
    byId.remove(service.id());
    service.names().forEach(byName::remove);
  }

  void name(String name, ServiceRecord service) {
    byName.put(name, service);
  }

  void unname(String name, ServiceRecord service) {
    byName.remove(name, service);
  }
}
