package org.usersvc.daemon.os;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.usersvc.daemon.model.NativeText;

/**
 * Native memory for the arguments of one call at a time; {@link #reset} before each. It is a buffer
 * and no segment: a segment's accessors are method handles, which cost ten times as much until they
 * are compiled, and megabytes when they are.
 */
final class Scratch {
  private static final int PATH_MAX = 4096;

  private final ByteBuffer memory;
  private final long start;
  private int used;

  Scratch(int size) {
    start = Libc.allocate(size);
    memory = Libc.view(start, size);
  }

  Scratch reset() {
    used = 0;
    return this;
  }

  /** The address of {@code size} bytes, aligned for any type, of unknown content. */
  long take(int size) {
    int taken = used;
    used = (used + size + 15) & ~15;
    if (used > memory.capacity()) {
      throw new IllegalArgumentException("argument too long: " + size + " bytes");
    }
    return start + taken;
  }

  /** The address of the text as a C string. */
  long text(String text) {
    byte[] bytes = NativeText.encode(text);
    long address = take(bytes.length + 1);
    copyIn(address, bytes, 0, bytes.length);
    memory.put(offset(address) + bytes.length, (byte) 0);
    return address;
  }

  /**
   * The address of a path as a C string. A path beyond the kernel's limit is cut so that the kernel
   * still refuses it.
   */
  long path(String path) {
    return text(path.length() > PATH_MAX ? path.substring(0, PATH_MAX) : path);
  }

  void copyIn(long address, byte[] from, int first, int length) {
    memory.put(offset(address), from, first, length);
  }

  void copyOut(long address, byte[] to, int length) {
    memory.get(offset(address), to, 0, length);
  }

  byte[] bytes(long address, int length) {
    var bytes = new byte[length];
    copyOut(address, bytes, length);
    return bytes;
  }

  int getInt(long address) {
    return memory.getInt(offset(address));
  }

  long getLong(long address) {
    return memory.getLong(offset(address));
  }

  int getShort(long address) {
    return memory.getShort(offset(address)) & 0xffff;
  }

  int getByte(long address) {
    return memory.get(offset(address)) & 0xff;
  }

  void putInt(long address, int value) {
    memory.putInt(offset(address), value);
  }

  void putLong(long address, long value) {
    memory.putLong(offset(address), value);
  }

  void fill(long address, int size, int value) {
    var filling = new byte[size];
    Arrays.fill(filling, (byte) value);
    copyIn(address, filling, 0, size);
  }

  /** The number of bytes from {@code address} on before a NUL, {@code limit} at most. */
  int lengthAt(long address, int limit) {
    int length = 0;
    while (length < limit && getByte(address + length) != 0) {
      length++;
    }
    return length;
  }

  private int offset(long address) {
    return (int) (address - start);
  }
}
