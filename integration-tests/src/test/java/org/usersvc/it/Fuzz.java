package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that is given random input for some seconds, beside a service that nothing is done to.
 * {@code usersvc.fuzz.seconds} and {@code usersvc.fuzz.seed} say how long and with which seed; the
 * same seed gives the same input, though not at the same moments.
 */
final class Fuzz {
  /** The daemon's user, if the tests are root's: what it is made to believe harms nobody. */
  private static final int UID = 64_105;

  private static final long SEED = Long.getLong("usersvc.fuzz.seed", 20_261_129);
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("usersvc.fuzz.seconds", 5));
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(30);

  /** A removed service may have four stopped processes one after another, with 10 s for each. */
  private static final Duration SLOWEST_END = Duration.ofSeconds(60);

  private static final long MOST_KIB = 192 * 1024;
  private static final long MOST_BYTES_ON_DISK = 64 << 20;

  /** Of the daemon, in its own log: for each input, and for what goes on by itself all the time. */
  private static final int LINES_PER_INPUT = 4;

  private static final int LINES_IN_ANY_CASE = 200;

  private static final int LINES_PER_SECOND = 10;

  /** Sockets of clients that have just been closed. */
  private static final int DESCRIPTORS_ON_THEIR_WAY = 4;

  private static final String WITNESS = "witness";
  private static final Pattern TICK = Pattern.compile("tick ([0-9]+)$");

  private final Tree tree;
  private final Noise noise = new Noise(SEED);
  private @Nullable Daemon daemon;
  private int pid;
  private int descriptors;
  private long inputs;
  private long end;
  private long lastLook;

  /** What is done to a daemon. */
  @FunctionalInterface
  interface Attack {
    void on(Fuzz fuzz) throws IOException;
  }

  private Fuzz(Tree tree) {
    this.tree = tree;
  }

  /** Fails with the seed if the daemon, or the service beside, has suffered. */
  static void run(Tree tree, Attack attack) throws IOException {
    try {
      var fuzz = new Fuzz(tree);
      attack.on(fuzz);
      fuzz.finish();
    } catch (AssertionError failed) {
      throw new AssertionError(
          "make fuzz SEED=%d repeats it: %s".formatted(SEED, failed.getMessage()), failed);
    }
  }

  Tree tree() {
    return tree;
  }

  Noise noise() {
    return noise;
  }

  Daemon daemon() {
    return Objects.requireNonNull(daemon);
  }

  /** What stands before the words of a program that is to be the daemon's user's. */
  static String[] asUser(String... words) {
    var all = new ArrayList<String>();
    if (Tree.isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--"));
    }
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  /** Starts the daemon on what the scan directory has, and the time. */
  void begin() throws IOException {
    tree.service(WITNESS).run("i=0", "while :; do i=$((i + 1)); echo tick $i; sleep 0.1; done");
    daemon = launch();
    pid = tree.service(WITNESS).awaitUp();
    descriptors = daemon().descriptorsAtRest();
    lastLook = System.nanoTime();
    end = lastLook + TIME.toNanos();
  }

  /** Another daemon after one that the attack has killed. */
  void beginAgain() throws IOException {
    daemon = launch();
    look();
  }

  /** The machine's own units are left out: their sockets would stay open. */
  private Daemon launch() throws IOException {
    String units = tree.root().resolve(".config/systemd/user").toString();
    return tree.launch().with("SYSTEMD_UNIT_PATH", units).unprivileged(UID).start();
  }

  /** Whether there is time for another input; fails if the last ones have done harm. */
  boolean goesOn() throws IOException {
    inputs++;
    long now = System.nanoTime();
    if (now - lastLook > BETWEEN_LOOKS.toNanos()) {
      look();
    }
    return now < end;
  }

  private void look() throws IOException {
    assertThat(daemon().lives()).as("the daemon lives").isTrue();
    long begun = System.nanoTime();
    daemon().ask("status", WITNESS).expect(0);
    lastLook = System.nanoTime();
    assertThat(Duration.ofNanos(lastLook - begun)).as("an answer").isLessThan(SLOWEST_ANSWER);
    assertThat(tree.service(WITNESS).pid()).as("pid of the service beside").isEqualTo(pid);
    assertThat(kib()).as("KiB").isLessThan(MOST_KIB);
    assertThat(onDisk()).as("bytes on disk").isLessThan(MOST_BYTES_ON_DISK);
  }

  private long kib() throws IOException {
    return Long.parseLong(Proc.field(daemon().pid(), "VmRSS").replaceAll("[^0-9]", ""));
  }

  private long onDisk() throws IOException {
    var ran = Ran.of("du", "-sk", tree.root().toString());
    return Long.parseLong(ran.out().replaceAll("(?s)[^0-9].*", "")) * 1024;
  }

  /** Gives the daemon's user a file, or all that is in a directory. */
  static void own(Path path) throws IOException {
    if (!Tree.isRoot() || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // The daemon may take some of it meanwhile.
    Ran.of("chown", "-hR", "" + UID, path.toString());
  }

  private void finish() throws IOException {
    daemon().ask("rescan").expect(0);
    look();
    long kib = kib();
    Await.answer(
        SLOWEST_END,
        "no more descriptors than " + descriptors,
        () -> Proc.leakable(daemon().pid()),
        open -> open.size() <= descriptors + DESCRIPTORS_ON_THEIR_WAY);
    expectWholeLog();
    var log = daemon().log();
    assertThat(log).doesNotContain("Exception", "OutOfMemory");
    long lines = log.lines().count();
    System.out.printf(
        "fuzz: seed %d, %d inputs, %d KiB, %d lines of the daemon%n", SEED, inputs, kib, lines);
    assertThat(lines)
        .as("lines")
        .isLessThan(
            LINES_IN_ANY_CASE + LINES_PER_SECOND * TIME.toSeconds() + LINES_PER_INPUT * inputs);
  }

  /** The lines of the service beside come one after the other, and go on. */
  private void expectWholeLog() throws IOException {
    var log = LogFiles.builtIn(tree, WITNESS);
    int seen = expectConsecutive(log.text());
    Await.answer("more lines", () -> expectConsecutive(log.text()), now -> now > seen + 2);
  }

  private static int expectConsecutive(String text) {
    int last = -1;
    for (var line : text.split("\n", -1)) {
      var tick = TICK.matcher(line);
      if (tick.find()) {
        int now = Integer.parseInt(tick.group(1));
        assertThat(now).as("after tick " + last).isIn(last + 1, last < 0 ? now : last + 1);
        last = now;
      }
    }
    return last;
  }

  /** Asks for something and does not wait; it may be refused. */
  void ask(String verb, String service) throws IOException {
    Reply.to(
        daemon().socket(),
        "{\"verb\":\"%s\",\"services\":[\"%s\"],\"wait_ms\":0}".formatted(verb, service));
  }

  /** Lets it come to rest between two inputs. */
  void pause(int millis) throws IOException {
    if (millis > 0) {
      daemon().expectLifeFor(Duration.ofMillis(millis));
    }
  }
}
