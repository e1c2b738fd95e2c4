package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.engine.SocketController;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.SocketSettings.ListenKind;

/** {@code org.freedesktop.systemd1.Socket}. */
final class SocketTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Socket")
          .value("Listen", "a(ss)", socket(List.of(), SocketTable::listen))
          .value("Accept", "b", socket(false, socket -> socket.accept().isOn()))
          .value("MaxConnections", "u", socket(0, socket -> socket.accept().connections()))
          .value("FileDescriptorName", "s", socket("", socket -> socket.names().descriptor()))
          .value("SocketMode", "u", socket(0, socket -> socket.names().socketMode()))
          .value("DirectoryMode", "u", socket(0, socket -> socket.names().directoryMode()))
          .value("Symlinks", "as", socket(List.of(), socket -> socket.names().symlinks()))
          .value("RemoveOnStop", "b", socket(false, socket -> socket.names().removesOnStop()))
          .told("NConnections", "u", running(0, SocketController::connections))
          .told("NAccepted", "u", running(0, SocketController::accepted))
          .told("Result", "s", running("success", SocketController::result))
          .build();

  private SocketTable() {}

  private static Function<Subject, Object> socket(
      Object otherwise, Function<SocketSettings, Object> value) {
    return Subject.settings(SocketSettings.class, otherwise, value);
  }

  private static Function<Subject, Object> running(
      Object otherwise, Function<SocketController, Object> value) {
    return Subject.controller(SocketController.class, otherwise, value);
  }

  private static Object listen(SocketSettings socket) {
    var all = new ArrayList<Object>();
    for (var address : socket.listen()) {
      all.add(new Object[] {word(address.kind()), address.address()});
    }
    return all;
  }

  private static String word(ListenKind kind) {
    return switch (kind) {
      case STREAM -> "Stream";
      case DATAGRAM -> "Datagram";
      case SEQUENTIAL_PACKET -> "SequentialPacket";
      case FIFO -> "FIFO";
    };
  }
}
