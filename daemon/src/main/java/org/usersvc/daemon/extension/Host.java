package org.usersvc.daemon.extension;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.view.ServiceFamily;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;

/** The part of the daemon that an {@link Extension} can use. <b>Loop thread only.</b> */
public interface Host {
  /**
   * The origin of a change of the environment.
   *
   * @param link the connection
   * @param caller the pid of the caller, 0 if unknown
   * @param isBus whether the caller is the bus, which does not name its client
   */
  record Origin(Link link, int caller, boolean isBus) {}

  /** {@code $XDG_RUNTIME_DIR}. */
  String runtime();

  /** Logs trouble that the daemon survives. */
  void warn(String line);

  /** Logs an event that was not requested. */
  void info(String line);

  /** Puts an object at a path, for all connections. */
  void put(String path, Served object);

  /** Puts the objects below a path, for all connections. */
  void put(String path, ObjectTree.Family objects);

  /**
   * Serves programs that connect to a socket, without a bus, until the daemon ends.
   *
   * @param path absolute; a socket that a dead process left there is replaced
   * @param sender the sender name of the answers
   * @return false if another process serves that socket, which is left alone then
   * @throws FileFault if the socket cannot be made now; that is tried again when the runtime
   *     directory is another one
   */
  boolean listen(String path, String sender) throws FileFault;

  /** The programs that are connected to the sockets of {@link #listen}. */
  List<Link> peers();

  /** Adds services, which all doors show and command from now on; service directories hide them. */
  void add(ServiceFamily family);

  /** The services of the daemon itself, to be found, watched and commanded. */
  ServiceFamily services();

  /** Registers an action to run for every bus that becomes ready. */
  void onReady(Consumer<Link> action);

  /** Registers an action to run for every signal from a bus. */
  void onEmitted(BiConsumer<Link, Emission> action);

  /** Registers who carries out a verb of the control socket that the daemon itself lacks. */
  void onVerb(String verb, Verbs.Handler handler);

  /** Registers who carries out enable and disable for names that the extension knows. */
  void onEnable(Verbs.Enabler enabler);

  /** The sessions that are desktops. */
  Desktops desktops();

  /** The files of the machine, without any of the other mechanisms. */
  FileSystem files();

  /** The mechanisms that run programs. */
  Mechanisms mechanisms();

  /** Registers what is to be stopped before the daemon ends. */
  void onStop(Departure departure);

  /** The daemon as a whole. */
  Whole whole();

  /** The environment of a process that starts now. */
  Environment environment();

  /**
   * The environment that a process was started with.
   *
   * @throws FileFault if the process is gone, or another user's
   */
  Environment environmentOf(int pid) throws FileFault;

  /**
   * Unsets variables, then sets others; the origin decides to which session they belong.
   *
   * @param unset names, and assignments, which unset a variable only if it has that value
   * @return the outcome of setting
   */
  Outcome change(Origin origin, List<String> unset, Map<String, String> set);

  /** Whether a bus only echoes an update of the daemon; each message is an echo once. */
  boolean takeEcho(Link link, Map<String, String> variables);
}
