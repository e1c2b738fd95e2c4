package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/** Random choices of one seed, and bytes that were something once. */
final class Noise {
  /** Lengths and numbers at which programs break. */
  private static final int[] EDGES = {
    0,
    1,
    2,
    3,
    7,
    8,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    1 << 20,
    0x7fffffff,
    0x80000000,
    0xffffffff,
    0x01000000
  };

  private static final String[] PIECES = {
    "\0",
    "\n",
    "\"",
    "\377\376",
    "\355\240\200",
    "\\ud800",
    "{".repeat(50),
    "[".repeat(1200),
    "%00",
    "\033]0;x\007",
    "../".repeat(20),
    "9".repeat(400)
  };

  private final Random random;

  Noise(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int number(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int edge() {
    return number(EDGES);
  }

  long any() {
    return random.nextLong();
  }

  byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Bytes as characters. */
  String text(int count) {
    return new String(bytes(count), ISO_8859_1);
  }

  /** The same bytes with something wrong in them, or many things. */
  String mutate(String bytes) {
    String mutated = bytes;
    for (int rounds = number(1, 1, 1, 2, 3, 8, 30); rounds > 0; rounds--) {
      mutated = mutateOnce(mutated);
    }
    return mutated;
  }

  private String mutateOnce(String text) {
    if (text.isEmpty()) {
      return text(1 + below(20));
    }
    int at = below(text.length());
    String before = text.substring(0, at);
    String from = text.substring(at);
    char c = text.charAt(at);
    return switch (below(9)) {
      case 0 -> before + (char) (c ^ (1 << below(8))) + from.substring(1);
      case 1 -> before + (char) below(256) + from.substring(1);
      case 2 -> before + from.substring(Math.min(from.length(), number(1, 2, 4, 8, 64)));
      case 3 -> before + text(number(1, 2, 4, 8, 64)) + from;
      case 4 -> before + from.substring(0, Math.min(from.length(), number(1, 4, 16, 256))) + from;
      case 5 -> before + edgeBytes() + from.substring(Math.min(from.length(), 4));
      case 6 -> before;
      case 7 -> before + one(PIECES) + from;
      default -> before + Character.toString(c).repeat(number(2, 100, 5000)) + from;
    };
  }

  private String edgeBytes() {
    int edge = chance(0.5) ? edge() : Integer.reverseBytes(edge());
    return ""
        + (char) (edge & 255)
        + (char) ((edge >> 8) & 255)
        + (char) ((edge >> 16) & 255)
        + (char) (edge >>> 24);
  }
}
