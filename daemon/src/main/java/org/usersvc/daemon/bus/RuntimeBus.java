package org.usersvc.daemon.bus;

import java.time.Duration;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.wire.Transport;

/**
 * Finds the bus in the runtime directory, if there is one. It is a session of its own, led by the
 * bus, so that services that need {@code DBUS_SESSION_BUS_ADDRESS} have it without a registration.
 * <b>Loop thread only.</b>
 */
final class RuntimeBus {
  /** The first delay of a retry, then doubled: a socket appears a moment before its bus listens. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  /** After a bus that has lasted so long the retries begin anew. */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private static final int MOST_TRIES = 10;

  private final Platform platform;
  private final Transport transport;
  private final BusIdentity keys;
  private final Runnable look;
  private final Alarm again;
  private int tries;

  /**
   * Makes no search yet.
   *
   * @param look called when it is time to look again
   */
  RuntimeBus(Platform platform, Transport transport, BusIdentity keys, Runnable look) {
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

  /** Whether a bus listens at the socket; if not yet, looks again later. */
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
    } catch (FileFault ignored) { // the bus is dead, or does not listen yet
      tryAgain();
      return false;
    }
  }

  /** Looks again after a while; false after too many tries. */
  boolean tryAgain() {
    again.clear();
    if (++tries < MOST_TRIES) {
      again.set(AGAIN.multipliedBy(1L << tries), look);
    }
    return tries < MOST_TRIES;
  }

  /** Looks at once, as the path has changed. */
  void lookAnew() {
    tries = 0;
    look.run();
  }

  /**
   * Notes that the connected bus is gone.
   *
   * @param since when it became ready, by the loop's clock, in nanoseconds
   */
  void left(long since) {
    if (platform.loop().clock().nanos() - since >= LASTING.toNanos()) {
      tries = 0;
    }
  }

  /** Ends the retries. */
  void rest() {
    again.clear();
  }
}
