package org.usersvc.daemon.extension;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;

/** All that an {@link Extension} sees of the daemon. <b>Loop thread only.</b> */
public interface Host {
  /**
   * Where a change of the environment comes from.
   *
   * @param link the connection
   * @param caller the process, 0 if it is not known
   * @param isBus whether that is the bus, which calls for somebody it does not name
   */
  record Origin(Link link, int caller, boolean isBus) {}

  /** {@code $XDG_RUNTIME_DIR}. */
  String runtime();

  /** Logs that something was survived. */
  void warn(String line);

  /** Logs what was not asked for. */
  void info(String line);

  /** Puts an object at a path, for all connections. */
  void put(String path, Served object);

  /**
   * Serves programs that connect to a socket, without a bus, until the daemon ends.
   *
   * @param path absolute; a socket that a dead process left there is replaced
   * @param sender the name under which they are answered
   * @return false if another process serves that socket, which is left alone then
   * @throws FileFault if the socket cannot be made now; that is tried again when the runtime
   *     directory is another one
   */
  boolean listen(String path, String sender) throws FileFault;

  /** Has the action run for every bus that the daemon comes to be on. */
  void onReady(Consumer<Link> action);

  /** Has the action run for every signal that comes from a bus. */
  void onEmitted(BiConsumer<Link, Emission> action);

  /** What a process that starts now is given. */
  Environment environment();

  /**
   * Takes variables away, then sets others; whose they are follows from the origin.
   *
   * @param unset names, and assignments of what is taken away only if it has that value
   * @return the outcome of setting
   */
  Outcome change(Origin origin, List<String> unset, Map<String, String> set);

  /** Whether a bus only says back what it was told itself; each message is an echo once. */
  boolean takeEcho(Link link, Map<String, String> variables);
}
