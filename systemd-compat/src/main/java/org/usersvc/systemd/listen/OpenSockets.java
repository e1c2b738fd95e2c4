package org.usersvc.systemd.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets.Option;
import org.usersvc.daemon.model.Errno;
import org.usersvc.systemd.unit.SocketOptions;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.SocketSettings.Listen;

/** The sockets and FIFOs of one unit. <b>Loop thread only.</b> */
final class OpenSockets {
  private final Mechanisms mechanisms;
  private final Consumer<String> warn;
  private final List<Integer> open = new ArrayList<>();

  OpenSockets(Mechanisms mechanisms, Consumer<String> warn) {
    this.mechanisms = mechanisms;
    this.warn = warn;
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  /** The descriptors, in the order of the files. */
  List<Integer> all() {
    return List.copyOf(open);
  }

  /** Whether the program before this one in the same process has left the first of them. */
  boolean isLeft(SocketSettings settings) {
    var first = settings.listen().getFirst();
    var kind = Addresses.kind(first.kind());
    var address = Addresses.of(first, settings.names().socketMode());
    return kind.isEmpty()
        || address.isEmpty()
        || mechanisms.sockets().isLeft(kind.get(), address.get());
  }

  /**
   * Opens all.
   *
   * @throws FileFault if one cannot be opened; none is open then
   */
  void open(SocketSettings settings) throws FileFault {
    try {
      for (var listen : settings.listen()) {
        open.add(openOne(listen, settings));
      }
      open.forEach(mechanisms.sockets()::hold);
    } catch (FileFault fault) {
      close();
      throw fault;
    }
    settings.names().symlinks().forEach(link -> link(link, settings));
  }

  private int openOne(Listen listen, SocketSettings settings) throws FileFault {
    if (listen.isPath()) {
      makeParent(listen.address(), settings.names().directoryMode());
    }
    var kind = Addresses.kind(listen.kind());
    if (kind.isEmpty()) {
      return openFifo(listen.address(), settings.names().socketMode());
    }
    var address = Addresses.of(listen, settings.names().socketMode());
    if (address.isEmpty()) {
      String text = "cannot listen at " + listen.address() + ": no such address is supported";
      throw new FileFault(text, new Errno(Errno.EINVAL));
    }
    int backlog = (int) Math.min(settings.options().backlog(), Integer.MAX_VALUE);
    int socket = mechanisms.sockets().listen(kind.get(), address.get(), backlog);
    set(socket, settings.options());
    if (!settings.acceptsConnections()) {
      mechanisms.sockets().block(socket);
    }
    return socket;
  }

  private void makeParent(String path, int mode) throws FileFault {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      mechanisms.files().makeDirectories(path.substring(0, slash), mode);
    }
  }

  /** A file of another kind is left alone. */
  private int openFifo(String path, int mode) throws FileFault {
    var found = mechanisms.files().linkStat(FileSystem.ABSOLUTE, path);
    if (found != null && found.kind() != FileStat.Kind.FIFO) {
      throw new FileFault("make FIFO", path, new Errno(Errno.EEXIST));
    }
    return mechanisms.files().openOwnFifo(FileSystem.ABSOLUTE, path, mode);
  }

  private void set(int socket, SocketOptions options) {
    var sockets = mechanisms.sockets();
    for (var option : options.on()) {
      switch (option) {
        case PASS_CREDENTIALS -> sockets.set(socket, Option.PASS_CREDENTIALS, 1);
        case PASS_PID_FD -> sockets.set(socket, Option.PASS_PID_FD, 1);
        case PASS_SECURITY -> sockets.set(socket, Option.PASS_SECURITY, 1);
        case KEEP_ALIVE -> sockets.set(socket, Option.KEEP_ALIVE, 1);
        case NO_DELAY -> sockets.set(socket, Option.NO_DELAY, 1);
        case REUSE_PORT, FREE_BIND ->
            warn.accept("ReusePort= and FreeBind= are not supported, going on");
      }
    }
    setSize(socket, Option.RECEIVE_BUFFER, options.receiveBuffer());
    setSize(socket, Option.SEND_BUFFER, options.sendBuffer());
  }

  private void setSize(int socket, Option option, @Nullable Long bytes) {
    if (bytes != null) {
      mechanisms.sockets().set(socket, option, (int) Math.min(bytes, Integer.MAX_VALUE));
    }
  }

  /** A link that exists leads there from now on; another file is left alone. */
  private void link(String link, SocketSettings settings) {
    String target = file(settings);
    try {
      makeParent(link, settings.names().directoryMode());
      var found = mechanisms.files().linkStat(FileSystem.ABSOLUTE, link);
      if (found != null && found.kind() == FileStat.Kind.LINK) {
        mechanisms.files().remove(FileSystem.ABSOLUTE, link);
      }
      mechanisms.files().makeLink(target, FileSystem.ABSOLUTE, link);
    } catch (FileFault fault) {
      warn.accept(fault.getMessage() + ", going on");
    }
  }

  private static String file(SocketSettings settings) {
    return settings.listen().stream().filter(Listen::isPath).findFirst().orElseThrow().address();
  }

  /** Calls the action with a descriptor whenever something has come there. */
  void watch(IntConsumer onReadable) {
    open.forEach(each -> mechanisms.turns().onReadable(each, () -> onReadable.accept(each)));
  }

  void unwatch() {
    open.forEach(mechanisms.turns()::forget);
  }

  /** Drops what has come. */
  void flush() {
    open.forEach(mechanisms.sockets()::flush);
  }

  /** Closes all; they are not watched. */
  void close() {
    open.forEach(mechanisms.sockets()::release);
    open.forEach(mechanisms.files()::close);
    open.clear();
  }

  /** Removes the files and links. */
  void remove(SocketSettings settings) {
    settings.listen().stream().filter(Listen::isPath).map(Listen::address).forEach(this::remove);
    settings.names().symlinks().forEach(this::remove);
  }

  private void remove(String path) {
    try {
      mechanisms.files().remove(FileSystem.ABSOLUTE, path);
    } catch (FileFault fault) {
      warn.accept(fault.getMessage() + ", going on");
    }
  }
}
