package org.usersvc.daemon.files;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.usersvc.daemon.model.Errno;

/** Lets a process have only so many descriptors more. */
public final class FakeScarcity {
  private static final Set<String> NEED_ONE = Set.of("list", "create", "replace");

  private int left = Integer.MAX_VALUE;

  /** Files whose descriptors are counted. */
  public FileSystem over(FileSystem real) {
    var loader = FileSystem.class.getClassLoader();
    return (FileSystem)
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {FileSystem.class},
            (_, method, given) -> call(real, method, given));
  }

  /** So many descriptors can be opened from now on. */
  public void leave(int count) {
    left = count;
  }

  /** As many as are needed can be opened from now on. */
  public void end() {
    left = Integer.MAX_VALUE;
  }

  private Object call(FileSystem real, Method method, Object[] given) throws Throwable {
    boolean opens = method.getName().startsWith("open");
    boolean reads = method.getName().equals("read") && given.length == 3;
    if (left == 0 && (opens || reads || NEED_ONE.contains(method.getName()))) {
      throw new FileFault(method.getName(), given[1].toString(), new Errno(Errno.EMFILE));
    }
    try {
      var answer = method.invoke(real, given);
      count(opens, method.getName().equals("close"));
      return answer;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private void count(boolean opens, boolean closes) {
    if (left != Integer.MAX_VALUE) {
      left += closes ? 1 : opens ? -1 : 0;
    }
  }
}
