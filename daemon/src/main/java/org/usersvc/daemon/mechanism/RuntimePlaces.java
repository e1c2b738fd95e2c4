package org.usersvc.daemon.mechanism;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.extension.UnitPlaces;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.log.LogAnswer;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.log.LogSource;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.notify.NotifySocket;
import org.usersvc.daemon.platform.Fifo;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.supervise.LogPipes;

/** The {@link UnitPlaces} of the daemon's runtime directory. <b>Loop thread only.</b> */
public final class RuntimePlaces implements UnitPlaces {
  private static final int PRIVATE = 0700;
  private static final String UNITS = "units";

  /** Of a log that is not written now. */
  private static final ServiceId NOT_OPEN = new ServiceId(0, 0);

  private final Platform platform;
  private final NotifySocket.Parts sockets;
  private final LogIntake logs;
  private final LogPipes pipes;

  /** Of units with a directory. A unit keeps it if the runtime directory is replaced. */
  private final Map<String, ServiceId> identities = new HashMap<>();

  private final Set<String> names = new HashSet<>();

  /** The units whose logs have a FIFO. */
  private final Set<String> logging = new HashSet<>();

  private final Map<String, NotifySocket> listening = new LinkedHashMap<>();

  /**
   * Makes nothing yet.
   *
   * @param uid the user whose processes may send notifications
   */
  public RuntimePlaces(Platform platform, LogIntake logs, DatagramSockets datagrams, int uid) {
    this.platform = platform;
    this.logs = logs;
    this.pipes = new LogPipes(platform, logs);
    this.sockets =
        new NotifySocket.Parts(
            platform.files(), datagrams, platform.loop(), platform.messages()::warn, uid);
    platform.runtime().add(this::listenAgain);
  }

  private String make(String directory) throws FileFault {
    String path = platform.runtime().path() + "/" + directory;
    platform.files().makeDirectories(path, PRIVATE);
    return path;
  }

  @Override
  public ServiceId identity(String unit) {
    return identities.getOrDefault(unit, NOT_OPEN);
  }

  /** The inode of the unit's directory, which is made if it is absent, is its identity. */
  private ServiceId take(String unit) throws FileFault {
    var known = identities.get(unit);
    if (known != null) {
      return known;
    }
    var found = platform.files().stat(FileSystem.ABSOLUTE, make(directory(unit)));
    if (found == null) { // it was removed just now
      return take(unit);
    }
    identities.put(unit, found.id());
    return found.id();
  }

  private static String directory(String unit) {
    return UNITS + "/" + unit;
  }

  /** Removes the directory of a unit that neither logs nor listens. */
  private void leave(String unit) {
    if (logging.contains(unit) || listening.containsKey(unit)) {
      return;
    }
    identities.remove(unit);
    try {
      String path = platform.runtime().path() + "/" + directory(unit);
      platform.files().removeDirectory(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // it has gone, or is no directory of ours
      return;
    }
  }

  @Override
  public Log log(String unit, LogFormat format) throws FileFault {
    var id = take(unit);
    var fifo = open(unit, id);
    names.add(fifo.name());
    logging.add(unit);
    pipes.begin(new LogSource(id, unit, fifo.descriptor(), format));
    return new Log() {
      @Override
      public int descriptor() {
        return fifo.descriptor();
      }

      @Override
      public void end(Runnable then) {
        names.remove(fifo.name());
        pipes.end(id, fifo, then, () -> written(unit));
      }
    };
  }

  private Fifo open(String unit, ServiceId id) throws FileFault {
    try {
      return pipes.open(Fifo.OF_UNIT + id.asFileName());
    } catch (FileFault fault) {
      leave(unit);
      throw fault;
    }
  }

  private void written(String unit) {
    logging.remove(unit);
    leave(unit);
  }

  @Override
  public void lastLines(String name, int lines, Consumer<List<String>> taker) {
    var answer = LogAnswer.ofLines(platform.loop(), taker);
    logs.last(identity(name), name, lines, answer::come);
  }

  @Override
  public Notifications notifications(String unit, NotifySocket.Taker taker) throws FileFault {
    String path = make("notify") + "/" + Fifo.OF_UNIT + take(unit).asFileName();
    var socket = listen(unit, path, taker);
    listening.put(unit, socket);
    return new Notifications() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public void close() {
        listening.remove(unit, socket);
        socket.close();
        leave(unit);
      }
    };
  }

  private NotifySocket listen(String unit, String path, NotifySocket.Taker taker) throws FileFault {
    try {
      return new NotifySocket(sockets, path, taker);
    } catch (FileFault fault) {
      leave(unit);
      throw fault;
    }
  }

  private void listenAgain() throws FileFault {
    if (!listening.isEmpty()) {
      make("notify");
    }
    for (var socket : listening.values()) {
      socket.settle();
    }
  }

  @Override
  public List<String> left() {
    try {
      return platform.files().list(FileSystem.ABSOLUTE, platform.runtime().path() + "/" + UNITS);
    } catch (FileFault ignored) { // no unit was ever in use
      return List.of();
    }
  }

  @Override
  public void settle() {
    try {
      for (String name : platform.files().list(FileSystem.ABSOLUTE, platform.runtime().pipes())) {
        if (name.startsWith(Fifo.OF_UNIT) && !names.contains(name)) {
          Fifo.discard(platform, name);
        }
      }
      left().forEach(this::leave);
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + ", ignoring");
    }
  }
}
