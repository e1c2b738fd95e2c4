package org.usersvc.daemon.os;

import java.nio.ByteBuffer;

/**
 * How Java calls C: through a small library of our own, else through {@code java.lang.foreign},
 * whose method handles take several megabytes and much of the time of a start. <b>Any thread.</b>
 */
sealed interface NativeCalls permits JniCalls, ForeignCalls {
  /**
   * The way that this process has: the library is where the launcher says, if it could be compiled.
   *
   * @throws UnsatisfiedLinkError if there is none: a native executable has the library alone
   */
  static NativeCalls ofThisMachine() {
    String library = System.getProperty("usersvc.calls");
    if (library != null && JniCalls.load(library)) {
      return new JniCalls();
    }
    if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
      throw new UnsatisfiedLinkError(
          library + " cannot be loaded, and without it nothing can be called: install it again");
    }
    return new ForeignCalls();
  }

  /** The address of a function of the C library; 0 if there is none of that name. */
  long symbol(String name);

  /**
   * Calls a function with six arguments, all of which are longs or pointers.
   *
   * @param errno the address of an int that gets errno after the call
   */
  long call(long function, long errno, long a, long b, long c, long d, long e, long f);

  /** Memory at an address as a buffer in the byte order of Java. */
  ByteBuffer view(long address, int size);

  /**
   * Has the sender of that signal noted from now on; the JVM has to handle the signal already.
   * Nothing happens without the library.
   */
  void noteSender(int signal);

  /**
   * The process that has sent the last signal of that number; 0 if that is not known, -1 if it was
   * the kernel, as it does for a terminal.
   */
  int sender(int signal);

  /** The address of the first byte of a direct buffer, whatever its position. */
  long address(ByteBuffer direct);

  /**
   * epoll_wait(2).
   *
   * @param giveBack whether memory that only past work has used is given back before the wait
   */
  int await(int epoll, long events, int count, int timeoutMillis, boolean giveBack);
}
