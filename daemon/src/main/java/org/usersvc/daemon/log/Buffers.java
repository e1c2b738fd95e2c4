package org.usersvc.daemon.log;

/**
 * Memory for one batch at a time.
 *
 * @param raw the bytes from a pipe
 * @param out the bytes to append for them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Buffers(byte[] raw, byte[] out) {
  private static final int RAW = 64 * 1024;
  private static final int OUT = 128 * 1024;

  static Buffers make() {
    return new Buffers(new byte[RAW], new byte[OUT]);
  }
}
