package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.usersvc.daemon.os.Libc.function;

import java.lang.ref.Reference;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;

/**
 * Executes another program in this process: its children and the descriptors that are handed over
 * stay; all else of it ends at once, threads included. <b>Loop thread only.</b>
 */
public final class Reexec {
  private static final Libc.Function EXECVE = function("execve");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final Libc.Function WRITE = function("write");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function MEMFD_CREATE = function("memfd_create");
  private static final Libc.Function SIGMASK = function("pthread_sigmask");
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int SIG_SETMASK = 2;
  private static final int MASK_SIZE = 128;
  private static final int FIRST = 3;
  private static final long SIGUSR2 = 1L << (12 - 1);

  private final Libc libc = new Libc();
  private final FileSystem files;

  public Reexec(FileSystem files) {
    this.files = files;
  }

  /**
   * A program to be executed.
   *
   * @param path absolute
   * @param arguments the arguments after argv[0]
   */
  public record Program(String path, List<String> arguments, Environment environment) {}

  /** Returns only on failure; then everything is as before. */
  public FileFault replaceBy(Program program, Handover handover) {
    int memory = -1;
    try {
      byte[] text = handover.encode().getBytes(US_ASCII);
      var scratch = new Scratch(text.length + size(program));
      memory = memory(text, scratch);
      closeAllOnExec();
      handover.descriptors().forEach(descriptor -> closeOnExec(descriptor, false));
      closeOnExec(memory, false);
      return execute(program, memory, scratch);
    } catch (FileFault fault) {
      return fault;
    } finally {
      handover.descriptors().forEach(descriptor -> closeOnExec(descriptor, true));
      libc.call(CLOSE, memory);
    }
  }

  private static int size(Program program) {
    int words = program.arguments().stream().mapToInt(word -> 4 * word.length() + 32).sum();
    return 4 * program.path().length() + words + 16 * MASK_SIZE;
  }

  private int memory(byte[] text, Scratch scratch) throws FileFault {
    int memory = libc.call(MEMFD_CREATE, scratch.reset().text("usersvc-handover"), 0);
    libc.check(memory >= 0, "make", "memory");
    long bytes = scratch.take(text.length);
    scratch.copyIn(bytes, text, 0, text.length);
    libc.check(libc.call(WRITE, memory, bytes, text.length) == text.length, "write", "memory");
    return memory;
  }

  /** The JVM and its libraries have files open that the next program would never close. */
  private void closeAllOnExec() throws FileFault {
    for (String name : files.list(FileSystem.ABSOLUTE, "/proc/self/fd")) {
      int descriptor = Integer.parseInt(name);
      if (descriptor >= FIRST) {
        closeOnExec(descriptor, true);
      }
    }
  }

  private void closeOnExec(int descriptor, boolean close) {
    if (libc.call(FCNTL, descriptor, F_GETFD) >= 0) {
      libc.call(FCNTL, descriptor, F_SETFD, close ? FD_CLOEXEC : 0);
    }
  }

  /**
   * Only SIGUSR2 is blocked, until the next program has a handler: a second one would end it. The
   * JVM blocks others in its own threads.
   */
  private FileFault execute(Program program, int memory, Scratch scratch) {
    long mask = scratch.reset().take(MASK_SIZE);
    long before = scratch.take(MASK_SIZE);
    scratch.fill(mask, MASK_SIZE, 0);
    scratch.putLong(mask, SIGUSR2);
    long path = scratch.text(program.path());
    long argv = argv(path, program.arguments(), scratch);
    var environment = new EnvironmentBlock(Handover.with(program.environment(), memory));
    libc.call(SIGMASK, SIG_SETMASK, mask, before);
    try {
      libc.call(EXECVE, path, argv, environment.address());
      return libc.fault("execute", program.path());
    } finally {
      libc.call(SIGMASK, SIG_SETMASK, before, 0);
      Reference.reachabilityFence(environment);
    }
  }

  private static long argv(long path, List<String> arguments, Scratch scratch) {
    long argv = scratch.take((arguments.size() + 2) * 8);
    scratch.putLong(argv, path);
    long next = argv + 8;
    for (String argument : arguments) {
      scratch.putLong(next, scratch.text(argument));
      next += 8;
    }
    scratch.putLong(next, 0);
    return argv;
  }
}
