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
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.view.Watcher;
import org.usersvc.daemon.wire.SignalTargets;

/**
 * Signals the changes of org.usersvc1: StateChanged and the objects that come and go at once,
 * property values at the end of a turn. It does nothing while there is no connection. <b>Loop
 * thread only.</b>
 */
public final class Publisher implements Watcher<Commanded> {
  private final UsersvcObjects objects;
  private final SignalTargets links;

  /** The last published values of each service; empty while there is no connection. */
  private final Map<Commanded, ServiceObject.Signalled> signalled = new LinkedHashMap<>();

  private final Set<Commanded> changed = new LinkedHashSet<>();
  private final Set<Integer> changedSessions = new LinkedHashSet<>();
  private final Set<String> changedOfManager = new LinkedHashSet<>();

  public Publisher(UsersvcObjects objects, Services services, EventLoop loop, SignalTargets links) {
    this.objects = objects;
    this.links = links;
    services.watch(this);
    links.onEmptyOrNot(this::begin);
    loop.at(TurnEnd.SIGNAL, this::publish);
  }

  /** Takes the present values as published: the first peer asks for them itself. */
  private void begin() {
    signalled.clear();
    changed.clear();
    changedSessions.clear();
    changedOfManager.clear();
    if (!links.isEmpty()) {
      objects.all().forEach(each -> signalled.put(each, objects.service(each).signalled()));
    }
  }

  @Override
  public void changed(Commanded service) {
    if (!links.isEmpty()) {
      changed.add(service);
    }
  }

  /** To be called when the scan directory is another one. */
  public void scanDirectoryChanged() {
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

  @Override
  public void moved(Commanded service, String from) {
    if (links.isEmpty()) {
      return;
    }
    var view = service.view();
    boolean isGone = view.isGone(); // its object is gone already, too
    if (!isGone && !signalled.containsKey(service)) {
      introduce(service);
    }
    String to = view.state();
    if (!from.equals(to)) {
      links.signal(
          ManagerObject.PATH,
          ManagerObject.TYPE.name(),
          "StateChanged",
          "sss",
          view.name(),
          from,
          to);
    }
  }

  private void introduce(Commanded service) {
    var object = objects.service(service);
    signalled.put(service, object.signalled());
    added(object.path(), object);
  }

  @Override
  public void gone(Commanded service) {
    changed.remove(service);
    var last = signalled.remove(service);
    if (last == null) {
      return;
    }
    removed(last.path(), ServiceObject.TYPE);
    var successor = objects.known(last.nativeName());
    if (successor != null && signalled.containsKey(successor)) {
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
      var services = List.copyOf(changed);
      changed.clear();
      services.forEach(this::publish);
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

  private void publish(Commanded service) {
    var object = objects.service(service);
    var before = signalled.get(service);
    var now = object.signalled();
    if (before == null || !before.nativeName().equals(now.nativeName())) {
      if (before != null) {
        gone(service);
      }
      introduce(service);
      return;
    }
    signalled.put(service, now);
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
      values(SessionObject.path(id), session, SessionObject.TYPE.signalled());
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
