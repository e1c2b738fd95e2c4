package org.usersvc.daemon.bus;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;

/** The objects of org.usersvc1: the manager, services and sessions. <b>Loop thread only.</b> */
public final class UsersvcObjects {
  private final Supervisor supervisor;
  private final SessionVerbs sessions;
  private final ServiceVerbs verbs;
  private final ManagerObject manager;

  public UsersvcObjects(
      Supervisor supervisor, Operations operations, SessionVerbs sessions, Rescan rescan) {
    this.supervisor = supervisor;
    this.sessions = sessions;
    this.verbs = new ServiceVerbs(operations);
    this.manager = new ManagerObject(supervisor, sessions, verbs, rescan);
  }

  /** Puts all objects into the tree. */
  public void putInto(ObjectTree tree) {
    tree.put(ManagerObject.PATH, List.of(manager));
    tree.put(ManagerObject.PATH + "/service", new Services());
    tree.put(ManagerObject.PATH + "/session", new Sessions());
    tree.manage(ManagerObject.PATH);
  }

  ManagerObject manager() {
    return manager;
  }

  ServiceObject service(Supervised process) {
    return new ServiceObject(process, verbs);
  }

  /** The session of that id, null if there is none. */
  @Nullable SessionObject session(int id) {
    var session = sessions.find(id);
    return session == null ? null : new SessionObject(session);
  }

  /** Every service, followed by its logger if it has one. */
  List<Supervised> processes() {
    return supervisor.services().stream().flatMap(each -> each.processes().stream()).toList();
  }

  /** The process of that native name, null if there is none. */
  @Nullable Supervised find(String nativeName) {
    var process = nativeName.startsWith("/") ? null : supervisor.find(nativeName);
    return process == null || !process.nativeName().equals(nativeName) ? null : process;
  }

  /** The same, but without opening a service for it. */
  @Nullable Supervised known(String nativeName) {
    var service = supervisor.named(nativeName.split("/", 2)[0]);
    for (var process : service == null ? List.<Supervised>of() : service.processes()) {
      if (process.nativeName().equals(nativeName)) {
        return process;
      }
    }
    return null;
  }

  private final class Services implements ObjectTree.Family {
    /** A service with two names has one object, under the first. */
    @Override
    public @Nullable List<Served> find(String element) {
      String name = ServicePath.unescape(element);
      var process = name == null ? null : UsersvcObjects.this.find(name);
      return process == null ? null : List.of(service(process));
    }

    @Override
    public Collection<String> elements() {
      return processes().stream().map(each -> ServicePath.escape(each.nativeName())).toList();
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
