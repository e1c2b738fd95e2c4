package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.export.StandardInterfaces;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.supervise.Watcher;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.wire.Links;

/**
 * Signals the changes of org.usersvc1: StateChanged and the objects that come and go at once,
 * property values at the end of a turn. It does nothing while there is no connection. <b>Loop
 * thread only.</b>
 */
public final class Publisher implements Watcher {
  private final UsersvcObjects objects;
  private final Links links;

  /** The last published values of each service; empty while there is no connection. */
  private final Map<Supervised, ServiceObject.Told> told = new LinkedHashMap<>();

  private final Set<Supervised> changed = new LinkedHashSet<>();
  private final Set<Integer> changedSessions = new LinkedHashSet<>();
  private final Set<String> changedOfManager = new LinkedHashSet<>();

  public Publisher(UsersvcObjects objects, Supervisor supervisor, EventLoop loop, Links links) {
    this.objects = objects;
    this.links = links;
    supervisor.watch(this);
    supervisor.onPhase(this::moved);
    links.onEmptyOrNot(this::begin);
    loop.at(TurnEnd.TELL, this::publish);
  }

  /** Takes the present values as published: the first peer asks for them itself. */
  private void begin() {
    told.clear();
    changed.clear();
    changedSessions.clear();
    changedOfManager.clear();
    if (!links.isEmpty()) {
      objects.processes().forEach(process -> told.put(process, objects.service(process).told()));
    }
  }

  @Override
  public void changed(Supervised process) {
    if (!links.isEmpty()) {
      changed.add(process);
    }
  }

  @Override
  public void switched() {
    managerChanged("ScanDirectory");
  }

  /** To be called when the activation environment has changed. */
  public void environmentChanged() {
    managerChanged("Environment");
  }

  private void managerChanged(String property) {
    if (!links.isEmpty()) {
      changedOfManager.add(property);
    }
  }

  /** To be called when the session is in the table. */
  public void sessionAdded(int id) {
    var session = links.isEmpty() ? null : objects.session(id);
    if (session != null) {
      added(SessionObject.path(id), session);
      managerChanged("Sessions");
    }
  }

  /** To be called when a session has changed. */
  public void sessionChanged(int id) {
    if (!links.isEmpty()) {
      changedSessions.add(id);
    }
  }

  /** To be called when the session is no longer in the table. */
  public void sessionRemoved(int id) {
    changedSessions.remove(id);
    removed(SessionObject.path(id), SessionObject.TYPE);
    managerChanged("Sessions");
  }

  private void moved(Supervised process, Phase before) {
    if (links.isEmpty()) {
      return;
    }
    var view = new ServiceView(process);
    boolean isGone = view.isGone(); // its object is gone already, too
    if (!isGone && !told.containsKey(process)) {
      introduce(process);
    }
    String from = before.word();
    String to = view.state();
    if (!from.equals(to)) {
      links.signal(
          ManagerObject.PATH,
          ManagerObject.TYPE.name(),
          "StateChanged",
          "sss",
          process.name(),
          from,
          to);
    }
  }

  private void introduce(Supervised process) {
    var object = objects.service(process);
    told.put(process, object.told());
    added(object.path(), object);
  }

  @Override
  public void gone(Supervised process) {
    changed.remove(process);
    var last = told.remove(process);
    if (last == null) {
      return;
    }
    removed(last.path(), ServiceObject.TYPE);
    var successor = objects.known(last.nativeName());
    if (successor != null && told.containsKey(successor)) {
      introduce(successor); // the successor came before its predecessor went
    }
  }

  private void added(String path, Served object) {
    links.signal(
        ManagerObject.PATH,
        StandardInterfaces.OBJECT_MANAGER.name(),
        "InterfacesAdded",
        "oa{sa{sv}}",
        new DBusPath(path),
        StandardInterfaces.variants(List.of(object)));
  }

  private void removed(String path, Interface type) {
    links.signal(
        ManagerObject.PATH,
        StandardInterfaces.OBJECT_MANAGER.name(),
        "InterfacesRemoved",
        "oas",
        new DBusPath(path),
        List.of(type.name()));
  }

  private void publish() {
    if (!changed.isEmpty()) {
      var processes = List.copyOf(changed);
      changed.clear();
      processes.forEach(this::publish);
    }
    if (!changedSessions.isEmpty()) {
      var ids = List.copyOf(changedSessions);
      changedSessions.clear();
      ids.forEach(this::publishSession);
    }
    if (!changedOfManager.isEmpty()) {
      var names = Set.copyOf(changedOfManager);
      changedOfManager.clear();
      values(ManagerObject.PATH, objects.manager(), names);
    }
  }

  private void publish(Supervised process) {
    var object = objects.service(process);
    var before = told.get(process);
    var now = object.told();
    if (before == null || !before.nativeName().equals(now.nativeName())) {
      if (before != null) {
        gone(process);
      }
      introduce(process);
      return;
    }
    told.put(process, now);
    var names = new LinkedHashSet<String>();
    now.values()
        .forEach((name, value) -> {
          if (!value.equals(before.values().get(name))) {
            names.add(name);
          }
        });
    if (!names.isEmpty()) {
      values(now.path(), object, names);
    }
  }

  private void publishSession(int id) {
    var session = objects.session(id);
    if (session != null) {
      values(SessionObject.path(id), session, SessionObject.TYPE.told());
    }
  }

  private void values(String path, Served object, Set<String> names) {
    var values = new LinkedHashMap<String, Variant<?>>();
    names.forEach(name -> values.put(name, object.variant(name)));
    links.signal(
        path,
        StandardInterfaces.PROPERTIES.name(),
        "PropertiesChanged",
        "sa{sv}as",
        object.type().name(),
        values,
        List.of());
  }
}
