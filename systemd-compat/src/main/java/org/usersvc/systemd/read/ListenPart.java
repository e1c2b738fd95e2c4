package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.SocketSettings.Listen;
import org.usersvc.systemd.unit.SocketSettings.ListenKind;
import org.usersvc.systemd.unit.SocketSettings.Names;

/** Where a socket unit listens, and how that is called. */
final class ListenPart implements Part {
  private static final Map<String, ListenKind> KINDS =
      Map.of(
          "ListenStream", ListenKind.STREAM,
          "ListenDatagram", ListenKind.DATAGRAM,
          "ListenSequentialPacket", ListenKind.SEQUENTIAL_PACKET,
          "ListenFIFO", ListenKind.FIFO);

  private static final int LARGEST_PORT = 65535;
  private static final int LONGEST_NAME = 255;
  private static final int ANYBODY = 0666;
  private static final int DIRECTORY = 0755;

  /** A port alone, or after an address of IPv4 or one of IPv6 in brackets. */
  private static final Pattern NETWORK =
      Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}:|\\[[0-9a-fA-F:.]+\\]:)?([0-9]{1,5})");

  private static final Pattern SCOPED = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]:[0-9]{1,5})%\\S+");

  private final List<Listen> addresses = new ArrayList<>();
  private @Nullable String descriptor;
  private int socketMode = ANYBODY;
  private int directoryMode = DIRECTORY;
  private final List<String> symlinks = new ArrayList<>();
  private boolean removesOnStop;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "FileDescriptorName" -> descriptor(value);
      case "SocketMode" -> value.mode(read -> socketMode = read);
      case "DirectoryMode" -> value.mode(read -> directoryMode = read);
      case "Symlinks" -> value.list(symlinks, path -> path.startsWith("/"));
      case "RemoveOnStop" -> value.bool(read -> removesOnStop = read);
      default -> {
        return takeOther(value);
      }
    }
    return true;
  }

  private boolean takeOther(Value value) {
    var meant = KINDS.get(value.key());
    if (meant == null) {
      return false;
    }
    listen(meant, value);
    return true;
  }

  /** An empty value forgets the addresses before it, of whatever kind. */
  private void listen(ListenKind kind, Value value) {
    String address = value.text();
    if (value.isEmpty()) {
      addresses.clear();
    } else if (isAddress(kind, address)) {
      addresses.add(new Listen(kind, address));
    } else {
      value.warn("is no address to listen at");
    }
  }

  private static boolean isAddress(ListenKind kind, String address) {
    boolean isFile = address.startsWith("/");
    return switch (kind) {
      case FIFO -> isFile;
      case SEQUENTIAL_PACKET -> isFile || isAbstract(address);
      case STREAM, DATAGRAM -> isFile || isAbstract(address) || isNetwork(address);
    };
  }

  private static boolean isAbstract(String address) {
    return address.startsWith("@") && address.length() > 1;
  }

  private static boolean isNetwork(String address) {
    var scoped = SCOPED.matcher(address);
    var network = NETWORK.matcher(scoped.matches() ? scoped.group(1) : address);
    if (!network.matches()) {
      return false;
    }
    int port = Integer.parseInt(network.group(1));
    return port > 0 && port <= LARGEST_PORT;
  }

  private void descriptor(Value value) {
    String name = value.text();
    boolean isRight = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
    if (value.isEmpty()) {
      descriptor = null;
    } else if (isRight && !name.isEmpty() && name.length() <= LONGEST_NAME) {
      descriptor = name;
    } else {
      value.warn("needs at most 255 characters of ASCII without a colon");
    }
  }

  List<Listen> addresses() {
    return addresses;
  }

  /**
   * How things are called.
   *
   * @param unit the name of the descriptors where no file sets one
   */
  Names names(UnitName unit) {
    return new Names(
        descriptor == null ? unit.toString() : descriptor,
        socketMode,
        directoryMode,
        symlinks,
        removesOnStop);
  }
}
