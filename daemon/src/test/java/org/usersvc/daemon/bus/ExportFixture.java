package org.usersvc.daemon.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.activation.SessionFixture;
import org.usersvc.daemon.export.Exporter;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.SignalTargets;

/** A supervisor of a real directory, exported to fake connections. */
final class ExportFixture implements AutoCloseable {
  static final String MANAGER = "org.usersvc1.Manager";
  static final String SERVICE = "org.usersvc1.Service";
  static final String PROPERTIES = "org.freedesktop.DBus.Properties";
  static final String ROOT = "/org/usersvc1";

  final TreeFixture tree;
  final SessionFixture desk;
  final SignalTargets links = new SignalTargets();
  final Publisher publisher;
  final ScanDirectory scanDirectory;
  private final Exporter exporter;
  int readings;
  @Nullable String machineId = "0123456789abcdef0123456789abcdef";

  ExportFixture(Path root) throws IOException {
    tree = new TreeFixture(root);
    desk = new SessionFixture(root);
    var sessions = new SessionVerbs(desk.sessions, desk.activation, tree.messages);
    scanDirectory = new ScanDirectory(() -> readings++, tree.supervisor);
    var objects = new UsersvcObjects(tree.services, tree.operations, sessions, scanDirectory);
    var exported = new ObjectTree();
    objects.putInto(exported);
    exporter = new Exporter(exported, () -> machineId);
    publisher = new Publisher(objects, tree.services, tree.loop, links);
    scanDirectory.onSwitch(publisher::scanDirectoryChanged);
  }

  /** Calls a method, from the loop. */
  FakeCall call(String path, String method, String signature, Object... arguments) {
    var call = new FakeCall(path, method, signature, arguments);
    tree.loop.soon(() -> exporter.take(call));
    tree.loop.runOneTurn(false);
    if (call.link().isAsked()) {
      call.link().reply(new Link.Reply.Values(List.of(new UInt32(caller()))));
    }
    return call;
  }

  /** A process whose parent is this one. */
  private int caller() {
    try {
      return desk.leader();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  FakeCall manager(String member, String signature, Object... arguments) {
    return call(ROOT, MANAGER + "." + member, signature, arguments);
  }

  FakeCall service(String element, String member, String signature, Object... arguments) {
    return call(path(element), SERVICE + "." + member, signature, arguments);
  }

  FakeCall get(String path, String type, String property) {
    return call(path, PROPERTIES + ".Get", "ss", type, property);
  }

  static String path(String element) {
    return ROOT + "/service/" + element;
  }

  String introspect(String path) {
    return (String) call(path, "org.freedesktop.DBus.Introspectable.Introspect", "").value();
  }

  @Override
  public void close() {
    desk.close();
    tree.close();
  }
}
