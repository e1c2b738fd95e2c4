package org.usersvc.systemd.face;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.freedesktop.dbus.types.UInt64;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Stamps;

/** Times and ids as D-Bus has them: a Long is an unsigned number there. */
final class Amounts {
  /** No limit. */
  static final Long INFINITE = -1L;

  private static final long LOW = 0xffff_ffffL;

  private Amounts() {}

  /** A number as the wire has it; its bits are those of an unsigned one. */
  static UInt64 unsigned(long bits) {
    return new UInt64(bits >>> 32, bits & LOW);
  }

  /** Microseconds; null: without an end. */
  static Long micros(@Nullable Duration span) {
    return span == null ? INFINITE : span.toNanos() / 1000;
  }

  /** Microseconds where null means none. */
  static Long microsOrNone(@Nullable Duration span) {
    return span == null ? 0L : span.toNanos() / 1000;
  }

  /** Microseconds since 1970; 0: never. */
  static Long wall(Optional<Stamps.Stamp> moment) {
    return moment.map(each -> ChronoUnit.MICROS.between(Instant.EPOCH, each.wall())).orElse(0L);
  }

  /** Microseconds of the monotonic clock; 0: never. */
  static Long monotonic(Optional<Stamps.Stamp> moment) {
    return moment.map(each -> each.nanos() / 1000).orElse(0L);
  }

  /** The bytes of an id in hexadecimal digits. */
  static byte[] octets(String id) {
    return HexFormat.of().parseHex(id);
  }
}
