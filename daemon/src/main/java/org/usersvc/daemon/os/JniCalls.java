package org.usersvc.daemon.os;

import java.nio.ByteBuffer;

/** Calls through {@code usersvc-calls.c}. */
@SuppressWarnings("restricted") // only this package may call native code
final class JniCalls implements NativeCalls {
  /** Returns whether the library is there and is one of this machine. */
  static boolean load(String path) {
    try {
      System.load(path);
      return true;
    } catch (UnsatisfiedLinkError unusable) {
      return false; // java.lang.foreign does all that it does
    }
  }

  @Override
  public native long symbol(String name);

  @Override
  public native long call(
      long function, long errno, long a, long b, long c, long d, long e, long f);

  @Override
  public native ByteBuffer view(long address, int size);

  @Override
  public native long address(ByteBuffer direct);

  @Override
  public native void noteSender(int signal);

  @Override
  public native int sender(int signal);

  @Override
  public native int await(int epoll, long events, int count, int timeoutMillis, boolean giveBack);
}
