package org.usersvc.daemon.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.usersvc.daemon.model.NativeText;

/** Native memory for the arguments of one call at a time; {@link #reset} before each. */
final class Scratch {
  private final MemorySegment memory;
  private int used;

  Scratch(int size) {
    memory = Arena.global().allocate(size, 16);
  }

  Scratch reset() {
    used = 0;
    return this;
  }

  /** The address of {@code size} bytes, aligned for any type, of unknown content. */
  long take(int size) {
    int start = used;
    used = (used + size + 15) & ~15;
    if (used > memory.byteSize()) {
      throw new IllegalArgumentException("argument too long: " + size + " bytes");
    }
    return memory.address() + start;
  }

  /** The address of the text as a C string. */
  long text(String text) {
    byte[] bytes = NativeText.encode(text);
    long address = take(bytes.length + 1);
    copyIn(address, bytes, 0, bytes.length);
    memory.set(JAVA_BYTE, offset(address) + bytes.length, (byte) 0);
    return address;
  }

  void copyIn(long address, byte[] from, int start, int length) {
    MemorySegment.copy(from, start, memory, JAVA_BYTE, offset(address), length);
  }

  void copyOut(long address, byte[] to, int length) {
    MemorySegment.copy(memory, JAVA_BYTE, offset(address), to, 0, length);
  }

  byte[] bytes(long address, int length) {
    var bytes = new byte[length];
    copyOut(address, bytes, length);
    return bytes;
  }

  int getInt(long address) {
    return memory.get(JAVA_INT, offset(address));
  }

  long getLong(long address) {
    return memory.get(JAVA_LONG, offset(address));
  }

  int getShort(long address) {
    return (memory.get(JAVA_BYTE, offset(address)) & 0xff)
        | (memory.get(JAVA_BYTE, offset(address) + 1) & 0xff) << 8;
  }

  int getByte(long address) {
    return memory.get(JAVA_BYTE, offset(address)) & 0xff;
  }

  void putInt(long address, int value) {
    memory.set(JAVA_INT, offset(address), value);
  }

  void putLong(long address, long value) {
    memory.set(JAVA_LONG, offset(address), value);
  }

  void fill(long address, int size, int value) {
    memory.asSlice(offset(address), size).fill((byte) value);
  }

  /** How many bytes from {@code address} on come before a NUL, {@code limit} at most. */
  int lengthAt(long address, int limit) {
    int length = 0;
    while (length < limit && getByte(address + length) != 0) {
      length++;
    }
    return length;
  }

  private long offset(long address) {
    return address - memory.address();
  }
}
