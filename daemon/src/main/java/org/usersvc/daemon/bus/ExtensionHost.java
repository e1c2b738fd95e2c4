package org.usersvc.daemon.bus;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.wire.Calls;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.Transport;

/** The daemon as extensions see it. <b>Loop thread only.</b> */
public record ExtensionHost(
    Platform platform, Desk desk, Transport transport, Calls calls, ObjectTree tree, String runtime)
    implements Host {
  /** Buses, and the environment that is brought on them. */
  public record Desk(
      Buses buses, EnvironmentUpload upload, Activation activation, CallerEnvironment callers) {}

  @Override
  public void keep(Resident resident) {
    platform.runtime().add(resident::settle);
  }

  @Override
  public void warn(String line) {
    platform.messages().warn(line);
  }

  @Override
  public void info(String line) {
    platform.messages().info(line);
  }

  @Override
  public void onReady(Consumer<Link> action) {
    desk.buses().onReady(action);
  }

  @Override
  public void onEmitted(BiConsumer<Link, Emission> action) {
    desk.buses().onEmitted(action);
  }

  @Override
  public Environment environment() {
    return desk.activation().current();
  }

  @Override
  public Outcome change(Origin origin, List<String> unset, Map<String, String> set) {
    desk.callers().unset(origin, unset, set);
    return desk.callers().set(origin, set);
  }

  @Override
  public boolean takeEcho(Link link, Map<String, String> variables) {
    return desk.upload().takeEcho(link, variables);
  }
}
