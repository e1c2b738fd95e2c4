package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;
import org.usersvc.daemon.os.Threads;

/** The logger on its thread, with a poller, pipes and files that are real. */
final class LogKeeperTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final Queue<Throwable> deaths = new ConcurrentLinkedQueue<>();
  private final AtomicInteger mortalCalls = new AtomicInteger();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final List<Integer> pipes = new ArrayList<>();

  private LogKeeper keeper() {
    return keeper(PosixLogFiles::new);
  }

  private LogKeeper keeper(Supplier<LogFiles> logs) {
    var parts =
        new LogKeeper.Parts(
            new EpollPoller(),
            PosixFileSystem::new,
            logs,
            _ -> new NoMounts(),
            this::runAgainAndAgain,
            troubles::add,
            bug -> troubles.add(bug.toString()));
    return new LogKeeper(parts, root + "/log", root + "/ledger", null);
  }

  private static void close(LogKeeper keeper) throws InterruptedException {
    assertThat(keeper.close().await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  private void runAgainAndAgain(Runnable work) {
    Threads.start(
        "usersvc-log",
        work,
        death -> {
          deaths.add(death);
          runAgainAndAgain(work);
        });
  }

  /** Log files over which the thread dies once in so many calls. */
  private LogFiles mortal(int calls) {
    var real = new PosixLogFiles();
    return (LogFiles)
        Proxy.newProxyInstance(
            LogFiles.class.getClassLoader(),
            new Class<?>[] {LogFiles.class},
            (_, method, arguments) -> {
              int call = mortalCalls.incrementAndGet();
              if (call % calls == 0) {
                throw new InternalError("a fault of the memory at call " + call);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException fault) {
                throw fault.getCause();
              }
            });
  }

  private LogSource source(int number) throws FileFault {
    String path = root + "/" + number;
    files.makeFifo(FileSystem.ABSOLUTE, path, 0600);
    int pipe = files.openFifo(FileSystem.ABSOLUTE, path);
    pipes.add(pipe);
    return new LogSource(new ServiceId(1, number), "s" + number, pipe, LogFormat.NONE);
  }

  private void print(int number, String text) throws IOException {
    try (var out = new FileOutputStream(root + "/" + number)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void end(LogKeeper keeper, LogSource... sources) throws InterruptedException {
    var ended = new CountDownLatch(sources.length);
    for (var source : sources) {
      keeper.end(source.id(), ended::countDown);
    }
    assertThat(ended.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private String log(String name) throws IOException {
    return Files.readString(root.resolve("log").resolve(name).resolve("current"));
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  @AfterEach
  void nothingUnexpectedHappened() {
    pipes.forEach(files::close);
    assertThat(troubles).isEmpty();
  }

  @Test
  void theLastLinesAreThoseThatAreInThePipe() throws IOException, InterruptedException {
    var keeper = keeper();
    keeper.start();
    var source = source(1);
    keeper.begin(source);
    print(1, lines(2000));
    assertThat(last(keeper, source, 3)).containsExactly("line 1997", "line 1998", "line 1999");
    assertThat(last(keeper, source, 5000)).hasSize(2000).first().isEqualTo("line 0");
    assertThat(last(keeper, source(2), 3)).isEmpty();
    end(keeper, source);
    close(keeper);
  }

  private static List<String> last(LogKeeper keeper, LogSource source, int lines)
      throws InterruptedException {
    var answer = new LinkedBlockingQueue<List<String>>();
    keeper.last(source.id(), source.name(), lines, answer::add);
    return Objects.requireNonNull(answer.poll(LONG.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void whatCameBeforeTheStartIsWrittenToo() throws IOException, InterruptedException {
    var keeper = keeper();
    var source = source(1);
    keeper.begin(source);
    print(1, "early\n");
    keeper.own("the daemon's own");
    keeper.start();
    print(1, "late\n");
    end(keeper, source);
    close(keeper);
    assertThat(log("s1")).isEqualTo("early\nlate\n");
    assertThat(log(".usersvcd")).endsWith(" the daemon's own\n");
  }

  @Test
  void manyWritersMuchTextAndNothingIsLost() throws IOException, InterruptedException {
    var keeper = keeper();
    var sources = new LogSource[20];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = source(i + 1);
      keeper.begin(sources[i]);
    }
    keeper.start();
    String text = lines(40_000);
    for (int i = 0; i < sources.length; i++) {
      print(i + 1, text);
    }
    end(keeper, sources);
    close(keeper);
    for (int i = 0; i < sources.length; i++) {
      assertThat(log("s" + (i + 1))).isEqualTo(text);
    }
  }

  @Test
  void aThreadThatDiesIsReplacedAndNoLineIsLostOrTwice() throws IOException, InterruptedException {
    var keeper = keeper(() -> mortal(23));
    var sources = new LogSource[] {source(1), source(2), source(3)};
    for (var source : sources) {
      keeper.begin(source);
    }
    keeper.start();
    String text = lines(20_000);
    for (var source : sources) {
      print((int) source.id().inode(), text);
    }
    end(keeper, sources);
    for (var source : sources) {
      assertThat(log(source.name())).isEqualTo(text);
    }
    assertThat(deaths).hasSizeGreaterThan(1);
    close(keeper);
  }

  @Test
  void aLedgerThatIsCutAllTheTimeDoesNotStopTheLog() throws IOException, InterruptedException {
    var keeper = keeper();
    var source = source(1);
    keeper.begin(source);
    keeper.start();
    String text = lines(20_000);
    var cutter =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                cut(root.resolve("ledger"));
              }
            });
    print(1, text);
    cutter.interrupt();
    cutter.join();
    print(1, text);
    end(keeper, source);
    close(keeper);
    assertThat(log("s1")).as("what came after the last cut").endsWith(text);
    troubles.clear();
  }

  private static void cut(Path file) {
    try (var ledger = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ledger.truncate(0);
    } catch (IOException ignored) { // it is not there yet, or this thread is to end
      Thread.onSpinWait();
    }
  }

  @Test
  void whoBeginsAgainWhileTheEarlierOneEndsGoesOnWithItsPipe()
      throws IOException, InterruptedException {
    var keeper = keeper();
    keeper.start();
    var source = source(1);
    var answers = new CountDownLatch(1000);
    var expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      keeper.begin(source);
      print(1, i + "\n");
      expected.append(i).append('\n');
      keeper.end(source.id(), answers::countDown);
    }
    assertThat(answers.await(20, TimeUnit.SECONDS)).as("each end is answered").isTrue();
    close(keeper);
    assertThat(log("s1")).isEqualTo(expected.toString());
  }

  @Test
  void theNextKeeperGoesOnWithThePipes() throws IOException, InterruptedException {
    var first = keeper();
    var source = source(1);
    first.begin(source);
    first.start();
    print(1, "one\ntw");
    close(first);
    assertThat(log("s1")).isEqualTo("one\ntw");
    print(1, "o\n");
    var second = keeper();
    second.begin(source);
    second.start();
    end(second, source);
    close(second);
    assertThat(log("s1")).isEqualTo("one\ntwo\n");
  }

  @Test
  void whatNeverBeganHasEndedAtOnce() throws IOException, InterruptedException {
    var keeper = keeper();
    keeper.start();
    end(keeper, source(1));
    close(keeper);
  }
}
