package org.usersvc.daemon.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/**
 * Calls of C functions. An instance has its own place for errno, so each thread that calls has its
 * own instance.
 */
@SuppressWarnings("restricted") // only this package may call native code
final class Libc {
  /** A function of the C library, found once. */
  record Function(String name, MemorySegment address) {}

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private static final Function CALLOC = function("calloc");

  private final MemorySegment state =
      Arena.global().allocate(Linker.Option.captureStateLayout().byteSize(), 8);
  private final ByteBuffer errno = state.asByteBuffer().order(ByteOrder.nativeOrder());

  /** The function of that name; every Linux C library has it. */
  static Function function(String name) {
    var address = LOOKUP.find(name);
    return new Function(
        name, address.orElseThrow(() -> new AssertionError("no " + name + " in libc")));
  }

  /** Memory that is never freed; it takes no RAM until it is used. */
  static MemorySegment allocate(long size) {
    long address = new Libc().callLong(CALLOC, 1, size, 0, 0, 0, 0);
    if (address == 0) {
      throw new OutOfMemoryError(size + " bytes of native memory");
    }
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  /** Calls a function that returns a long or a pointer. */
  long callLong(Function function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function.address(), state, a, b, c, d, e, f);
    } catch (Throwable impossible) {
      throw new AssertionError(function.name(), impossible);
    }
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
