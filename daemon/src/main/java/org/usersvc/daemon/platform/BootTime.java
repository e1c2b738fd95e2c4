package org.usersvc.daemon.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** The clock of the kernel's start times of processes. */
public final class BootTime {
  /** The kernel shows 1/100 s to programs on every machine (USER_HZ). */
  public static final long TICK_MILLIS = 10;

  private static final int MOST = 64;

  private BootTime() {}

  /** The time so many ticks after boot; now if the time of boot is unknown. */
  public static Instant toWall(Platform platform, long ticks) {
    var now = platform.loop().clock().wall();
    try {
      var age = Duration.ofMillis((ticks(platform) - ticks) * TICK_MILLIS);
      return age.isNegative() ? now : now.minus(age);
    } catch (FileFault | NumberFormatException ignored) { // no /proc, no age
      return now;
    }
  }

  /** Nanoseconds since boot, sleep included; since another fixed moment if that is unknown. */
  public static long nanos(Platform platform) {
    try {
      return ticks(platform) * TICK_MILLIS * 1_000_000;
    } catch (FileFault | NumberFormatException ignored) { // no /proc
      return platform.loop().clock().nanos();
    }
  }

  /** The present time in ticks since boot. */
  public static long ticks(Platform platform) throws FileFault {
    byte[] text = platform.files().read(FileSystem.ABSOLUTE, "/proc/uptime", MOST);
    double seconds = Double.parseDouble(new String(text, US_ASCII).split(" ", 2)[0]);
    return Math.round(seconds * 1000 / TICK_MILLIS);
  }
}
