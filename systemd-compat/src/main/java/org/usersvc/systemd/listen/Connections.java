package org.usersvc.systemd.listen;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.SocketSettings;

/**
 * The connections of a socket unit with {@code Accept=yes}: each has an instance of the service,
 * and is closed when that is down. <b>Loop thread only.</b>
 */
final class Connections {
  /** In place of the descriptor of a connection that an earlier daemon has accepted. */
  private static final int GONE = -1;

  private final Workplace place;
  private final Map<UnitName, Integer> open = new HashMap<>();
  private int accepted;
  private int refused;

  Connections(Workplace place) {
    this.place = place;
  }

  /** How many are served now. */
  int count() {
    return open.size();
  }

  /** How many were accepted. */
  int accepted() {
    return accepted;
  }

  /** How many were closed at once, as there were too many. */
  int refused() {
    return refused;
  }

  /** The connection of a service. */
  Optional<Integer> of(UnitName service) {
    return Optional.ofNullable(open.get(service)).filter(connection -> connection != GONE);
  }

  /**
   * Accepts a connection, if one waits, and starts its service.
   *
   * @return what went wrong; empty if nothing did
   */
  Optional<String> accept(int socket, SocketSettings settings) {
    try {
      int connection = place.mechanisms().sockets().accept(socket);
      if (connection < 0) {
        return Optional.empty();
      }
      if (open.size() >= settings.accept().connections()) {
        refused++;
        place.mechanisms().files().close(connection);
        return Optional.empty();
      }
      return serve(connection, settings);
    } catch (FileFault fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    }
  }

  private Optional<String> serve(int connection, SocketSettings settings) {
    var service = settings.service().withInstance(Integer.toString(accepted));
    accepted++;
    open.put(service, connection);
    if (place.manager().trigger(service) instanceof Asked.Refused(var reason)) {
      close(service);
      return Optional.of(reason.message());
    }
    return Optional.empty();
  }

  /** The service is down: its connection ends. Returns whether it had one. */
  boolean close(UnitName service) {
    var connection = open.remove(service);
    if (connection != null && connection != GONE) {
      place.mechanisms().files().close(connection);
    }
    return connection != null;
  }

  /** Writes what the next daemon has to know: no number of an instance comes twice. */
  void record(Fields to) {
    to.put("accepted", accepted).put("refused", refused);
    to.putAll("connections", open.keySet().stream().map(UnitName::toString).sorted().toList());
  }

  /** Goes on where an earlier daemon was; only services have its connections. */
  void resume(Fields from) throws RecordFault {
    accepted = (int) from.number("accepted");
    refused = (int) from.number("refused");
    for (var name : from.words("connections")) {
      var service = UnitName.parse(name).orElseThrow(() -> new RecordFault("names no service"));
      open.put(service, GONE);
    }
  }
}
