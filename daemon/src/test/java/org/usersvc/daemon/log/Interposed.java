package org.usersvc.daemon.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.PosixFileSystem;

/**
 * The real ports, with a process that can be killed before and after each system call, and a disk
 * that can be full.
 */
final class Interposed {
  /** The process is no more. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final FileSystem realFiles = new PosixFileSystem();
  private final LogFiles realLogs;
  private final Set<Integer> open = new HashSet<>();
  private int killAt = Integer.MAX_VALUE;
  private int steps;
  private int errno;

  /** How many bytes go to a disk that is full. */
  private int space;

  private boolean untilRemoved;

  Interposed(LogFiles realLogs) {
    this.realLogs = realLogs;
  }

  FileSystem files() {
    return port(FileSystem.class, realFiles);
  }

  LogFiles logs() {
    return port(LogFiles.class, realLogs);
  }

  private <T> T port(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  /** Kills before the step of that number, two for each call; the first is 0. */
  void killAt(int step) {
    killAt = step;
    steps = 0;
  }

  /** Appending fails with that error number once the space is used up; 0: no more. */
  void full(int number, int bytes) {
    errno = number;
    space = bytes;
  }

  /** Appending fails with that error number until a file is removed. */
  void fullUntilRemoved(int number) {
    full(number, 0);
    untilRemoved = true;
  }

  /** What the kernel does when a process has ended. */
  void closeAll() {
    open.forEach(realFiles::close);
    open.clear();
  }

  private @Nullable Object call(Object real, Method method, @Nullable Object[] arguments)
      throws Throwable {
    step(method, arguments);
    if (errno != 0 && method.getName().equals("append")) {
      appendToFull(arguments);
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException fault) {
      throw fault.getCause();
    }
    note(method, arguments, result);
    step(method, new Object[0]);
    return result;
  }

  private void appendToFull(@Nullable Object[] arguments) throws FileFault {
    if (arguments[2] instanceof Integer length && length > space) {
      realLogs.append(descriptor(arguments[0]), bytes(arguments[1]), space);
      space = 0;
      throw new FileFault("write", "it", new Errno(errno));
    }
  }

  private static int descriptor(@Nullable Object argument) {
    return argument instanceof Integer number ? number : -1;
  }

  private static byte[] bytes(@Nullable Object argument) {
    return argument instanceof byte[] bytes ? bytes : new byte[0];
  }

  private void note(Method method, @Nullable Object[] arguments, @Nullable Object result) {
    if (method.getName().startsWith("open")) {
      open.add(descriptor(result));
    } else if (method.getName().equals("close")) {
      open.remove(descriptor(arguments[0]));
    } else if (method.getName().equals("remove") && untilRemoved) {
      full(0, 0);
    }
  }

  private void step(Method method, @Nullable Object[] arguments) throws FileFault {
    if (steps++ == killAt) {
      if (method.getName().equals("append") && arguments.length == 3) {
        int length = descriptor(arguments[2]);
        realLogs.append(descriptor(arguments[0]), bytes(arguments[1]), length / 2);
      }
      throw new Killed();
    }
  }
}
