package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Services;

/** The objects of org.usersvc1: the manager, services and sessions. <b>Loop thread only.</b> */
public final class UsersvcObjects {
  private final Services services;
  private final SessionVerbs sessions;
  private final ServiceVerbs verbs;
  private final ManagerObject manager;

  public UsersvcObjects(
      Services services,
      Operations operations,
      SessionVerbs sessions,
      ScanDirectory scanDirectory) {
    this.services = services;
    this.sessions = sessions;
    this.verbs = new ServiceVerbs(operations);
    this.manager = new ManagerObject(services, sessions, verbs, scanDirectory);
  }

  /** Puts all objects into the tree. */
  public void putInto(ObjectTree tree) {
    tree.put(ManagerObject.PATH, List.of(manager));
    tree.put(ManagerObject.PATH + "/service", new ServiceObjects());
    tree.put(ManagerObject.PATH + "/session", new Sessions());
    tree.manage(ManagerObject.PATH);
  }

  ManagerObject manager() {
    return manager;
  }

  ServiceObject service(Commanded service) {
    return new ServiceObject(service, verbs);
  }

  /** The session of that id, null if there is none. */
  @Nullable SessionObject session(int id) {
    var session = sessions.find(id);
    return session == null ? null : new SessionObject(session);
  }

  /** Every service, followed by its logger if it has one. */
  List<Commanded> all() {
    var all = new ArrayList<Commanded>();
    for (var service : services.all()) {
      all.add(service);
      var logger = service.logger();
      if (logger != null) {
        all.add(logger);
      }
    }
    return all;
  }

  /** The service or logger of that native name, null if there is none. */
  @Nullable Commanded find(String nativeName) {
    return nativeName.startsWith("/") ? null : called(nativeName, services.find(nativeName));
  }

  /** The same, but without opening a service for it. */
  @Nullable Commanded known(String nativeName) {
    return called(nativeName, services.known(nativeName));
  }

  private static @Nullable Commanded called(String name, @Nullable Commanded service) {
    return service == null || !service.view().nativeName().equals(name) ? null : service;
  }

  private final class ServiceObjects implements ObjectTree.Family {
    /** A service with two names has one object, under the first. */
    @Override
    public @Nullable List<Served> find(String element) {
      String name = ServicePath.unescape(element);
      var service = name == null ? null : UsersvcObjects.this.find(name);
      return service == null ? null : List.of(service(service));
    }

    @Override
    public Collection<String> elements() {
      return all().stream().map(each -> ServicePath.escape(each.view().nativeName())).toList();
    }
  }

  private final class Sessions implements ObjectTree.Family {
    @Override
    public @Nullable List<Served> find(String element) {
      var session = session(SessionObject.id(element));
      return session == null ? null : List.of(session);
    }

    @Override
    public Collection<String> elements() {
      return sessions.all().stream().map(each -> Integer.toString(each.id())).toList();
    }
  }
}
