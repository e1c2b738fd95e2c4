package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/** All services that are open, by directory and by name. <b>Loop thread only.</b> */
final class Catalogue {
  private final Map<ServiceId, ServiceRecord> byId = new LinkedHashMap<>();
  private final TreeMap<String, ServiceRecord> byName = new TreeMap<>();
  private final FileSystem files;

  Catalogue(FileSystem files) {
    this.files = files;
  }

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

  @Nullable ServiceRecord of(ServiceId id) {
    return byId.get(id);
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

  /** What {@link Supervisor#find} promises. */
  @Nullable Supervised find(String name) {
    if (name.length() > 1 && name.endsWith("/")) {
      return find(name.substring(0, name.length() - 1));
    }
    var service = service(name);
    if (service == null && name.endsWith("/log")) {
      var logged = service(name.substring(0, name.length() - "/log".length()));
      return logged == null ? null : logged.logger();
    }
    return service == null ? null : service.main();
  }

  private @Nullable ServiceRecord service(String name) {
    if (!name.startsWith("/")) {
      return byName.get(name);
    }
    try {
      var found = files.stat(FileSystem.ABSOLUTE, name);
      return found == null ? null : byId.get(found.id());
    } catch (FileFault ignored) { // what cannot be looked at is not one of ours
      return null;
    }
  }
}
