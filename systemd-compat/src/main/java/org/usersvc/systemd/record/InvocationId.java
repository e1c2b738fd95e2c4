package org.usersvc.systemd.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The ids of runs of units. An id shows that a usersvcd has made it, and whether it is one of a
 * given unit: so a process whose record is lost is found by the id in its environment. 64 bits of
 * it are random, 32 are made from these and the unit's name, and 32 from all before.
 */
public final class InvocationId {
  private static final int RANDOM = 8;
  private static final int SUM = 4;
  private static final int SIZE = RANDOM + 2 * SUM;

  private InvocationId() {}

  /** A new id for a run of a unit, 32 hexadecimal digits. */
  public static String make(UnitName unit, RandomGenerator random) {
    byte[] noise = new byte[RANDOM];
    random.nextBytes(noise);
    var id = ByteBuffer.allocate(SIZE).put(noise).putInt(sum(noise, RANDOM, unit.toString()));
    id.putInt(sum(id.array(), RANDOM + SUM, ""));
    return HexFormat.of().formatHex(id.array());
  }

  private static int sum(byte[] start, int length, String rest) {
    var sum = new CRC32();
    sum.update(start, 0, length);
    sum.update(rest.getBytes(UTF_8));
    return (int) sum.getValue();
  }

  /** Whether a usersvcd has made that id. */
  public static boolean isOurs(String id) {
    if (id.length() != 2 * SIZE || !id.chars().allMatch(HexFormat::isHexDigit)) {
      return false;
    }
    byte[] all = HexFormat.of().parseHex(id);
    return ByteBuffer.wrap(all).getInt(RANDOM + SUM) == sum(all, RANDOM + SUM, "");
  }

  /** Whether a usersvcd has made that id for that unit. */
  public static boolean isOf(UnitName unit, String id) {
    if (!isOurs(id)) {
      return false;
    }
    byte[] all = HexFormat.of().parseHex(id);
    return ByteBuffer.wrap(all).getInt(RANDOM) == sum(all, RANDOM, unit.toString());
  }
}
