package org.usersvc.daemon.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/**
 * Calls of C functions. An instance has its own place for errno, so each thread that calls has its
 * own instance.
 */
final class Libc {
  /** A function of the C library, found once. */
  record Function(String name, long address) {}

  private static final NativeCalls CALLS = NativeCalls.ofThisMachine();
  private static final Function CALLOC = function("calloc");
  private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(Integer.BYTES);

  /** Never freed: a thread may be in a call when nobody else knows the instance any more. */
  private final long errnoAddress = allocate(Integer.BYTES);

  private final ByteBuffer errno = view(errnoAddress, Integer.BYTES);

  /** The function of that name; every Linux C library has it. */
  static Function function(String name) {
    long address = CALLS.symbol(name);
    if (address == 0) {
      throw new AssertionError("no " + name + " in libc");
    }
    return new Function(name, address);
  }

  /** The address of memory that is zero and never freed; it takes no RAM until it is used. */
  static long allocate(long size) {
    long address = CALLS.call(CALLOC.address(), CALLS.address(NOWHERE), 1, size, 0, 0, 0, 0);
    if (address == 0) {
      throw new OutOfMemoryError(size + " bytes of native memory");
    }
    return address;
  }

  /** Memory at an address. */
  static ByteBuffer view(long address, int size) {
    return CALLS.view(address, size).order(ByteOrder.nativeOrder());
  }

  /** The address of the first byte of a direct buffer, whatever its position. */
  static long address(ByteBuffer direct) {
    return CALLS.address(direct);
  }

  /** epoll_wait(2), before which it gives memory back if told so. */
  static int await(int epoll, long events, int count, int timeoutMillis, boolean giveBack) {
    return CALLS.await(epoll, events, count, timeoutMillis, giveBack);
  }

  /** See {@link NativeCalls#noteSender}. */
  static void noteSender(int signal) {
    CALLS.noteSender(signal);
  }

  /** See {@link NativeCalls#sender}. */
  static int sender(int signal) {
    return CALLS.sender(signal);
  }

  /** Calls a function that returns a long or a pointer. */
  long callLong(Function function, long a, long b, long c, long d, long e, long f) {
    return CALLS.call(function.address(), errnoAddress, a, b, c, d, e, f);
  }

  /** Calls a function that returns an int: the upper half of the register means nothing. */
  int call(Function function, long a, long b, long c, long d) {
    return (int) callLong(function, a, b, c, d, 0, 0);
  }

  int call(Function function, long a, long b, long c) {
    return (int) callLong(function, a, b, c, 0, 0, 0);
  }

  int call(Function function, long a, long b) {
    return (int) callLong(function, a, b, 0, 0, 0, 0);
  }

  int call(Function function, long a) {
    return (int) callLong(function, a, 0, 0, 0, 0, 0);
  }

  /** errno of the last call that failed. */
  int errno() {
    return errno.getInt(0);
  }

  /** The fault of the last call that failed, as a failed attempt to do that with the path. */
  FileFault fault(String what, String path) {
    return new FileFault(what, path, new Errno(errno()));
  }

  void check(boolean success, String what, String path) throws FileFault {
    if (!success) {
      throw fault(what, path);
    }
  }
}
