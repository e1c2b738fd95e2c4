package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.extension.Desktops;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.extension.Whole;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.mechanism.Departures;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.view.ServiceFamily;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.wire.Calls;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.LinkOwner;
import org.usersvc.daemon.wire.PeerListener;
import org.usersvc.daemon.wire.Transport;

/** The part of the daemon that extensions can use. <b>Loop thread only.</b> */
public final class ExtensionHost implements Host {
  private final Parts parts;
  private final List<PeerListener> listeners = new ArrayList<>();

  private @Nullable Mechanisms mechanisms;

  /**
   * The parts of the daemon that extensions use.
   *
   * @param mechanisms makes them for the first who uses them
   */
  public record Parts(
      Platform platform,
      Transport transport,
      Calls calls,
      ObjectTree tree,
      Services services,
      Buses buses,
      BusEnvironment upload,
      Sessions sessions,
      Activation activation,
      CallerEnvironment callers,
      Verbs verbs,
      Supplier<Mechanisms> mechanisms,
      Departures departures,
      Whole whole) {}

  /** Ignores that peers come and go. */
  private static final class Indifferent implements LinkOwner {
    @Override
    public void ready(Link link) {}

    @Override
    public void lost(Link link, String reason) {}
  }

  public ExtensionHost(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String runtime() {
    return parts.platform().runtime().base();
  }

  @Override
  public void warn(String line) {
    parts.platform().messages().warn(line);
  }

  @Override
  public void info(String line) {
    parts.platform().messages().info(line);
  }

  @Override
  public void put(String path, Served object) {
    parts.tree().put(path, List.of(object));
  }

  @Override
  public void put(String path, ObjectTree.Family objects) {
    parts.tree().put(path, objects);
  }

  @Override
  public void add(ServiceFamily family) {
    parts.services().add(family);
  }

  @Override
  public ServiceFamily services() {
    return parts.services().first();
  }

  @Override
  public boolean listen(String path, String sender) throws FileFault {
    if (parts.transport().isServedByAnother(path)) {
      return false;
    }
    var plan = new PeerListener.Plan(path, sender, parts.calls(), new Indifferent(), this::warn);
    var listener = new PeerListener(parts.transport(), plan);
    listeners.add(listener);
    parts.platform().runtime().add(listener::settle);
    listener.settle();
    return true;
  }

  @Override
  public List<Link> peers() {
    return listeners.stream().flatMap(listener -> listener.peers().stream()).toList();
  }

  @Override
  public void onReady(Consumer<Link> action) {
    parts.buses().onReady(action);
  }

  @Override
  public void onEmitted(BiConsumer<Link, Emission> action) {
    parts.buses().onEmitted(action);
  }

  @Override
  public void onVerb(String verb, Verbs.Handler handler) {
    parts.verbs().add(verb, handler);
  }

  @Override
  public void onEnable(Verbs.Enabler enabler) {
    parts.verbs().add(enabler);
  }

  @Override
  public Desktops desktops() {
    return new SessionDesktops(parts.sessions());
  }

  @Override
  public FileSystem files() {
    return parts.platform().files();
  }

  @Override
  public Mechanisms mechanisms() {
    var made = mechanisms == null ? parts.mechanisms().get() : mechanisms;
    mechanisms = made;
    return made;
  }

  @Override
  public void onStop(Departure departure) {
    parts.departures().add(departure);
  }

  @Override
  public Whole whole() {
    return parts.whole();
  }

  @Override
  public Environment environment() {
    return parts.activation().current();
  }

  @Override
  public Environment environmentOf(int pid) throws FileFault {
    return parts.sessions().environmentOf(pid);
  }

  @Override
  public Outcome change(Origin origin, List<String> unset, Map<String, String> set) {
    parts.callers().unset(origin, unset, set);
    return parts.callers().set(origin, set);
  }

  @Override
  public boolean takeEcho(Link link, Map<String, String> variables) {
    return parts.upload().takeEcho(link, variables);
  }

  /** Disconnects the peers of the extensions' sockets, and removes the sockets. */
  public void close() {
    var loop = parts.platform().loop();
    listeners.forEach(listener -> loop.guard(listener::close));
  }
}
