package org.usersvc.daemon.bus;

import java.time.Duration;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.wire.Transport;

/**
 * Finds out whether there is a bus in the runtime directory. It counts as a session of its own, led
 * by the bus: services that need {@code DBUS_SESSION_BUS_ADDRESS} find it although nobody has
 * registered it. <b>Loop thread only.</b>
 */
final class RuntimeBus {
  /** A socket can be seen a moment before anybody listens at it; twice as long each time. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  /** A bus that stayed so long is looked for as if it were a new one. */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private static final int MOST_TRIES = 10;

  private final Platform platform;
  private final Transport transport;
  private final BusKeys keys;
  private final Runnable look;
  private final Alarm again;
  private int tries;

  /**
   * Looks when it is asked.
   *
   * @param look run when it is time to look again
   */
  RuntimeBus(Platform platform, Transport transport, BusKeys keys, Runnable look) {
    this.platform = platform;
    this.transport = transport;
    this.keys = keys;
    this.look = look;
    this.again = new Alarm(platform.loop().timers());
  }

  String key() {
    return keys.of("unix:runtime=yes");
  }

  String address() {
    return "unix:path=" + keys.runtimeBus();
  }

  /** Whether somebody listens there. If not yet, it is looked again after a while. */
  boolean isListening() {
    try {
      if (platform.files().stat(FileSystem.ABSOLUTE, keys.runtimeBus()) == null) {
        return false;
      }
    } catch (FileFault ignored) { // as good as absent
      return false;
    }
    try {
      platform.files().close(transport.connect(keys.runtimeBus()));
      return true;
    } catch (FileFault ignored) { // left by a dead bus, or a living one does not listen yet
      tryAgain();
      return false;
    }
  }

  /** Looks again after a while; false if it was enough. */
  boolean tryAgain() {
    again.clear();
    if (++tries < MOST_TRIES) {
      again.set(AGAIN.multipliedBy(1L << tries), look);
    }
    return tries < MOST_TRIES;
  }

  /** Something has changed there. */
  void lookAnew() {
    tries = 0;
    look.run();
  }

  /**
   * The daemon was on a bus that is gone.
   *
   * @param since by the loop's clock, in nanoseconds
   */
  void left(long since) {
    if (platform.loop().clock().nanos() - since >= LASTING.toNanos()) {
      tries = 0;
    }
  }

  /** Nobody looks until something happens. */
  void rest() {
    again.clear();
  }
}
