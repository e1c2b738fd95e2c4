package org.usersvc.systemd.listen;

import java.net.InetAddress;
import java.util.Optional;
import org.usersvc.daemon.files.ListeningSockets.Address;
import org.usersvc.daemon.files.ListeningSockets.Kind;
import org.usersvc.systemd.unit.SocketSettings.Listen;
import org.usersvc.systemd.unit.SocketSettings.ListenKind;

/** The addresses of sockets. Source: systemd.socket(5), {@code ListenStream=}. */
final class Addresses {
  private static final String ALL_HOSTS = "::";

  private Addresses() {}

  /** The kind of a socket; empty for a FIFO. */
  static Optional<Kind> kind(ListenKind kind) {
    return switch (kind) {
      case STREAM -> Optional.of(Kind.STREAM);
      case DATAGRAM -> Optional.of(Kind.DATAGRAM);
      case SEQUENTIAL_PACKET -> Optional.of(Kind.SEQUENTIAL_PACKETS);
      case FIFO -> Optional.empty();
    };
  }

  /**
   * Where a socket listens; a port alone is one of all hosts, by IPv6 and IPv4.
   *
   * @param mode that of a file
   * @return empty if the mechanism has no such address: one that is bound to a network interface
   */
  static Optional<Address> of(Listen listen, int mode) {
    String text = listen.address();
    if (listen.isPath()) {
      return Optional.of(new Address.Path(text, mode));
    }
    if (text.startsWith("@")) {
      return Optional.of(new Address.Abstract(text.substring(1)));
    }
    return text.contains("%") ? Optional.empty() : internet(text);
  }

  private static Optional<Address> internet(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? ALL_HOSTS : text.substring(0, colon).replaceAll("[\\[\\]]", "");
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return Optional.of(new Address.Internet(InetAddress.ofLiteral(host), port));
    } catch (IllegalArgumentException ignored) { // it looks like an address, and is none
      return Optional.empty();
    }
  }
}
