package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.SocketController;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.SocketSettings.ListenKind;

/** {@code org.freedesktop.systemd1.Socket}. */
final class SocketTable implements Table.Part<Subject> {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Socket").with(new SocketTable()).build();

  private SocketTable() {}

  @Override
  public void declare(Table.Members members) {
    members
        .value("Listen", "a(ss)")
        .value("Accept", "b")
        .value("MaxConnections", "u")
        .value("FileDescriptorName", "s")
        .value("SocketMode", "u")
        .value("DirectoryMode", "u")
        .value("Symlinks", "as")
        .value("RemoveOnStop", "b")
        .told("NConnections", "u")
        .told("NAccepted", "u")
        .told("Result", "s");
  }

  @Override
  public Object value(Subject subject, String property) {
    var controller = subject.record().controller();
    var running = controller instanceof SocketController socket ? socket : null;
    return switch (property) {
      case "NConnections" -> running == null ? 0 : running.connections();
      case "NAccepted" -> running == null ? 0 : running.accepted();
      case "Result" -> running == null ? "success" : running.result();
      default ->
          setting(subject.unit().settings() instanceof SocketSettings own ? own : null, property);
    };
  }

  private static Object setting(@Nullable SocketSettings socket, String property) {
    return switch (property) {
      case "Listen" -> socket == null ? List.of() : listen(socket);
      case "Accept" -> socket != null && socket.accept().isOn();
      case "MaxConnections" -> socket == null ? 0 : socket.accept().connections();
      case "FileDescriptorName" -> socket == null ? "" : socket.names().descriptor();
      case "SocketMode" -> socket == null ? 0 : socket.names().socketMode();
      case "DirectoryMode" -> socket == null ? 0 : socket.names().directoryMode();
      case "Symlinks" -> socket == null ? List.of() : socket.names().symlinks();
      case "RemoveOnStop" -> socket != null && socket.names().removesOnStop();
      default -> throw Table.Part.unknown(property);
    };
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
