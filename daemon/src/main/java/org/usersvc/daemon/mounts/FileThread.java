package org.usersvc.daemon.mounts;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Hang;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/**
 * The thread for the calls on one slow mount. While a call is not answered it takes no other.
 * <b>Loop thread only.</b>
 */
final class FileThread {
  /** How long the loop waits for an answer. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Errno NO_ANSWER = new Errno(Errno.ETIMEDOUT);

  /** One call; it is made on the thread. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T on(FileSystem files) throws FileFault;
  }

  /** A call without a result. */
  interface Step extends Call<Boolean> {
    void make(FileSystem files) throws FileFault;

    @Override
    default Boolean on(FileSystem files) throws FileFault {
      make(files);
      return true;
    }
  }

  /**
   * The parts of a thread.
   *
   * @param files makes the file system of the thread
   * @param start runs the work on a thread
   * @param say called with a line for the user
   * @param onAnswer run when a mount that hung has answered
   */
  record Parts(
      Supplier<FileSystem> files,
      Consumer<Runnable> start,
      EventLoop loop,
      Consumer<String> say,
      Runnable onAnswer) {}

  private final LinkedBlockingQueue<Consumer<FileSystem>> jobs = new LinkedBlockingQueue<>();
  private final SlowMount mount;
  private final Parts parts;

  /** Used by the thread only. */
  private boolean serving = true;

  private boolean hung;
  private boolean ended;
  private long since;

  /** Starts the thread. */
  FileThread(SlowMount mount, Parts parts) {
    this.mount = mount;
    this.parts = parts;
    parts.start().accept(this::serve);
  }

  private void serve() {
    var files = parts.files().get();
    try {
      while (serving) {
        jobs.take().accept(files);
      }
    } catch (InterruptedException ignored) { // never: the thread ends with the program
      return;
    }
  }

  /** The hang, null if the mount answers. */
  @Nullable Hang hang() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(parts.loop().clock().nanos() - since);
    return hung ? new Hang(mount.toString(), seconds) : null;
  }

  /**
   * Makes the call and waits a moment for its answer.
   *
   * @param path for the message
   * @param tooLate takes an answer that comes later, on the loop
   * @throws FileFault as the call does, or if the mount hangs
   */
  <T extends @Nullable Object> T call(String path, Call<T> call, Consumer<T> tooLate)
      throws FileFault {
    if (hung || ended) {
      throw noAnswer(path);
    }
    var answer = new CompletableFuture<T>();
    jobs.add(files -> perform(call, files, answer));
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw fault(failed);
    } catch (TimeoutException | InterruptedException ignored) { // it hangs, which the caller learns
      hangs(answer, tooLate);
      throw noAnswer(path);
    }
  }

  private static <T extends @Nullable Object> void perform(
      Call<T> call, FileSystem files, CompletableFuture<T> answer) {
    try {
      answer.complete(call.on(files));
    } catch (FileFault | RuntimeException fault) {
      answer.completeExceptionally(fault);
    }
  }

  private static FileFault fault(ExecutionException failed) {
    if (failed.getCause() instanceof FileFault fault) {
      return fault;
    }
    throw new IllegalStateException(failed.getCause());
  }

  private FileFault noAnswer(String path) {
    return new FileFault(
        mount + " does not answer, and holds " + NativeText.printable(path), NO_ANSWER);
  }

  private <T extends @Nullable Object> void hangs(
      CompletableFuture<T> answer, Consumer<T> tooLate) {
    hung = true;
    since = parts.loop().clock().nanos();
    parts.say().accept(mount + " does not answer; services that need it wait for it");
    var _ =
        answer.whenComplete((value, fault) ->
            parts
                .loop()
                .mailbox()
                .post(() -> {
                  if (fault == null) {
                    tooLate.accept(value);
                  }
                  answered();
                }));
  }

  private void answered() {
    parts.say().accept(mount + " answers again");
    hung = false;
    parts.onAnswer().run();
  }

  /** Makes a call without waiting, after the present ones. */
  void later(Consumer<FileSystem> call) {
    jobs.add(call);
  }

  /** The mount has gone: the pending calls are made, then the thread ends. */
  void end() {
    ended = true;
    jobs.add(_ -> serving = false);
  }

  boolean isEnded() {
    return ended;
  }
}
