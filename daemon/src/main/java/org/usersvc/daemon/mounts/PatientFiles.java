package org.usersvc.daemon.mounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Hang;
import org.usersvc.daemon.files.Mounts;
import org.usersvc.daemon.files.Opening;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Errno;

/**
 * Files of the loop, which never waits long for a file system that hangs: calls that lead to a slow
 * mount are made on a thread of that mount, and fail with ETIMEDOUT while it does not answer. All
 * others are made at once, without extra cost if there is no slow mount. <b>Loop thread only.</b>
 */
public final class PatientFiles implements FileSystem {
  private static final String PROC = "/proc/";

  private final FileSystem local;
  private final MountTable mounts;
  private final MountThreads threads;
  private final List<Runnable> listeners = new ArrayList<>();

  /** Descriptors of files on a slow mount. */
  private final Map<Integer, FileThread> slow = new HashMap<>();

  /** The hanging threads that the last calls about directories have met. */
  private final Map<Integer, FileThread> waitsFor = new HashMap<>();

  private String own = PROC;

  /**
   * The threads for calls that may hang.
   *
   * @param files makes the file system of one thread
   * @param start runs work on a thread
   */
  public record Threads(Supplier<FileSystem> files, Consumer<Runnable> start) {}

  /**
   * Reads the present mounts.
   *
   * @param local makes the calls that do not hang
   * @param say called with a line for the user
   */
  public PatientFiles(FileSystem local, Threads threads, EventLoop loop, Consumer<String> say) {
    this.local = local;
    this.mounts = new MountTable(local);
    this.threads =
        new MountThreads(
            mounts,
            new FileThread.Parts(threads.files(), threads.start(), loop, say, this::answered));
    mounts.read();
  }

  /** Treats the runtime directory as local: every turn needs it. */
  public void trust(String runtime) {
    own = runtime + "/";
  }

  /** Which paths lead to slow mounts, as of the last {@link #mountsChanged}. */
  public Mounts slowPaths() {
    return new SlowPaths(mounts);
  }

  /** To be called when something was mounted or unmounted. */
  public void mountsChanged() {
    mounts.read();
    threads.endUnmounted();
  }

  /** Whether no mount may hang. */
  public boolean isAllLocal() {
    return mounts.isEmpty();
  }

  /** Runs the action whenever a mount that hung has answered. */
  public void onAnswer(Runnable action) {
    listeners.add(action);
  }

  private void answered() {
    List.copyOf(listeners).forEach(Runnable::run);
  }

  @Override
  public @Nullable Hang hang(int directory) {
    var thread = waitsFor.get(directory);
    return thread == null ? null : thread.hang();
  }

  /** The thread that has to make a call about a path, null if it does not lead to a slow mount. */
  private @Nullable FileThread threadOf(int at, String path, boolean follow) throws FileFault {
    if (mounts.isEmpty()) {
      return null;
    }
    if (at == ABSOLUTE) {
      boolean trusted = path.startsWith(own) || path.startsWith(PROC);
      return trusted ? null : threads.of(path, follow);
    }
    var thread = slow.get(at);
    if (thread != null || !local.leavesMount(at, path, follow)) {
      return thread;
    }
    String directory = path.startsWith("/") ? "" : local.pathOf(at);
    return directory == null ? null : threads.of(directory + "/" + path, follow);
  }

  private <T extends @Nullable Object> T call(
      int at, String path, boolean follow, FileThread.Call<T> call) throws FileFault {
    var thread = threadOf(at, path, follow);
    return thread == null ? call.on(local) : call(thread, at, path, call, _ -> {});
  }

  private <T extends @Nullable Object> T call(
      FileThread thread, int at, String path, FileThread.Call<T> call, Consumer<T> tooLate)
      throws FileFault {
    try {
      return thread.call(path, call, tooLate);
    } catch (FileFault fault) {
      if (at != ABSOLUTE && fault.errno().is(Errno.ETIMEDOUT)) {
        waitsFor.put(at, thread);
      }
      throw fault;
    }
  }

  private void run(int at, String path, boolean follow, FileThread.Step step) throws FileFault {
    call(at, path, follow, step);
  }

  private int open(int at, String path, FileThread.Call<Integer> call) throws FileFault {
    var thread = threadOf(at, path, true);
    if (thread == null) {
      return call.on(local);
    }
    int descriptor = call(thread, at, path, call, late -> thread.later(files -> files.close(late)));
    slow.put(descriptor, thread);
    return descriptor;
  }

  private void runAbout(int descriptor, FileThread.Step step) throws FileFault {
    about(descriptor, step);
  }

  /** A call about an open file. */
  private <T> T about(int descriptor, FileThread.Call<T> call) throws FileFault {
    var thread = slow.get(descriptor);
    return thread == null
        ? call.on(local)
        : call(thread, descriptor, "descriptor " + descriptor, call, _ -> {});
  }

  @Override
  public int openDirectory(int at, String path) throws FileFault {
    return open(at, path, files -> files.openDirectory(at, path));
  }

  @Override
  public boolean isScarce(int descriptor) {
    return local.isScarce(descriptor);
  }

  @Override
  public List<String> list(int directory, String path) throws FileFault {
    return call(directory, path, true, files -> files.list(directory, path));
  }

  @Override
  public @Nullable FileStat stat(int at, String path) throws FileFault {
    return call(at, path, true, files -> files.stat(at, path));
  }

  @Override
  public @Nullable FileStat linkStat(int at, String path) throws FileFault {
    return call(at, path, false, files -> files.linkStat(at, path));
  }

  @Override
  public FileStat stat(int descriptor) throws FileFault {
    return about(descriptor, files -> files.stat(descriptor));
  }

  @Override
  public void makeDirectory(int at, String path, int mode) throws FileFault {
    run(at, path, true, files -> files.makeDirectory(at, path, mode));
  }

  @Override
  public void changeMode(int at, String path, int mode) throws FileFault {
    run(at, path, true, files -> files.changeMode(at, path, mode));
  }

  @Override
  public boolean makeFifo(int at, String path, int mode) throws FileFault {
    return call(at, path, false, files -> files.makeFifo(at, path, mode));
  }

  @Override
  public void makeLink(String target, int at, String path) throws FileFault {
    run(at, path, false, files -> files.makeLink(target, at, path));
  }

  @Override
  public String readLink(int at, String path) throws FileFault {
    return call(at, path, false, files -> files.readLink(at, path));
  }

  @Override
  public void rename(int at, String from, String to) throws FileFault {
    run(at, from, false, files -> files.rename(at, from, to));
  }

  @Override
  public void remove(int at, String path) throws FileFault {
    run(at, path, false, files -> files.remove(at, path));
  }

  @Override
  public void removeDirectory(int at, String path) throws FileFault {
    run(at, path, false, files -> files.removeDirectory(at, path));
  }

  @Override
  public int openFifo(int at, String path) throws FileFault {
    return open(at, path, files -> files.openFifo(at, path));
  }

  @Override
  public int openLockFile(int at, String path) throws FileFault {
    return open(at, path, files -> files.openLockFile(at, path));
  }

  @Override
  public boolean lock(int descriptor) throws FileFault {
    return about(descriptor, files -> files.lock(descriptor));
  }

  @Override
  public boolean lockByte(int descriptor, long offset) throws FileFault {
    return about(descriptor, files -> files.lockByte(descriptor, offset));
  }

  @Override
  public void unlockByte(int descriptor, long offset) {
    local.unlockByte(descriptor, offset);
  }

  @Override
  public int openToRead(int at, String path) throws FileFault {
    return open(at, path, files -> files.openToRead(at, path));
  }

  @Override
  public int openStream(String path, Opening how) throws FileFault {
    return open(ABSOLUTE, path, files -> files.openStream(path, how));
  }

  @Override
  public boolean readable(int at, String path) {
    try {
      return call(at, path, true, files -> files.readable(at, path));
    } catch (FileFault ignored) { // it hangs: it is unreadable now
      return false;
    }
  }

  @Override
  public byte[] read(int at, String path, int limit) throws FileFault {
    return call(at, path, true, files -> files.read(at, path, limit));
  }

  @Override
  public boolean create(int at, String path, byte[] content, int mode) throws FileFault {
    return call(at, path, false, files -> files.create(at, path, content, mode));
  }

  @Override
  public void replace(int at, String path, byte[] content, int mode) throws FileFault {
    run(at, path, false, files -> files.replace(at, path, content, mode));
  }

  @Override
  public void overwrite(int descriptor, byte[] content) throws FileFault {
    runAbout(descriptor, files -> files.overwrite(descriptor, content));
  }

  @Override
  public void append(int descriptor, byte[] content) throws FileFault {
    runAbout(descriptor, files -> files.append(descriptor, content));
  }

  /** FIFOs and pipes: their content lies in memory, wherever their names are. */
  @Override
  public int read(int descriptor, byte[] into) throws FileFault {
    return local.read(descriptor, into);
  }

  @Override
  public boolean isLeft(int descriptor) {
    return local.isLeft(descriptor);
  }

  @Override
  public int[] pipe() throws FileFault {
    return local.pipe();
  }

  @Override
  public void close(int descriptor) {
    var thread = slow.remove(descriptor);
    waitsFor.remove(descriptor);
    if (thread == null || thread.isEnded()) {
      local.close(descriptor);
    } else {
      thread.later(files -> files.close(descriptor));
    }
  }

  @Override
  public @Nullable String pathOf(int descriptor) {
    return local.pathOf(descriptor);
  }

  @Override
  public boolean leavesMount(int at, String path, boolean follow) {
    return local.leavesMount(at, path, follow);
  }

  /** The thread that has to make calls about an open file, null if they do not hang. */
  @Nullable FileThread threadOf(int descriptor) {
    return slow.get(descriptor);
  }
}
