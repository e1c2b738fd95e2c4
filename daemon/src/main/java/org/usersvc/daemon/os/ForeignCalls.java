package org.usersvc.daemon.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * Calls through {@code java.lang.foreign}. All go through one handle: a handle per function would
 * cost the start of the daemon more than everything else together.
 */
@SuppressWarnings("restricted") // only this package may call native code
final class ForeignCalls implements NativeCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));
  private static final MemorySegment EPOLL_WAIT = LOOKUP.findOrThrow("epoll_wait");
  private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final MemorySegment ready = Arena.global().allocate(Integer.BYTES);

  @Override
  public long symbol(String name) {
    return LOOKUP.find(name).map(MemorySegment::address).orElse(0L);
  }

  @Override
  public long call(long function, long errno, long a, long b, long c, long d, long e, long f) {
    var state = EVERYTHING.asSlice(errno, Linker.Option.captureStateLayout());
    try {
      return (long) CALL.invokeExact(MemorySegment.ofAddress(function), state, a, b, c, d, e, f);
    } catch (Throwable impossible) {
      throw new AssertionError("call of a C function", impossible);
    }
  }

  @Override
  public ByteBuffer view(long address, int size) {
    return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer();
  }

  @Override
  public long address(ByteBuffer direct) {
    return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
  }

  /** A handler of signals has to be C. */
  @Override
  public void noteSender(int signal) {}

  @Override
  public int sender(int signal) {
    return 0;
  }

  /** Gives no memory back: Java itself would have most of it mapped again. */
  @Override
  public int await(int epoll, long events, int count, int timeoutMillis, boolean giveBack) {
    return (int)
        call(EPOLL_WAIT.address(), ready.address(), epoll, events, count, timeoutMillis, 0, 0);
  }
}
