package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.Reexec;
import org.usersvc.daemon.socket.Answer;
import org.usersvc.daemon.supervise.TreeFixture;

/** What is done in which order until another program is in this one's place, or is not. */
final class ReplacementTest {
  private static final String CHILD = "bin/usersvcd";
  private static final String BUG = "a bug";
  private static final String REFUSAL = "2 usersvc: usersvcd is not replaced: ";

  @TempDir private Path root;
  private final List<String> done = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private TreeFixture tree;
  private Reexec.Program program;
  private String trouble = "";

  @BeforeEach
  void begin() throws IOException {
    var path = root.resolve(CHILD);
    TreeFixture.script(Files.createDirectories(path.getParent()), "usersvcd");
    tree = new TreeFixture(root);
    tree.service("foot");
    tree.start();
    tree.processes.prints(CHILD, "usersvcd 2.0\n");
    program = new Reexec.Program(path.toString(), List.of(), Environment.EMPTY);
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private final class Belongings implements Replacement.Belongings {
    @Override
    public String pack() {
      done.add("pack");
      if (trouble.equals(BUG)) {
        throw new IllegalStateException(BUG);
      }
      return trouble;
    }

    @Override
    public void unpack() {
      done.add("unpack");
    }

    @Override
    public Handover handover(long since, List<Handover.Asker> askers) {
      done.add("handover for " + askers);
      return new Handover(1, 0, since, List.of(), askers);
    }
  }

  /** A client of that descriptor. */
  private final class Client implements Answer {
    private final int descriptor;
    private Runnable whenClosed = () -> {};

    Client(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public int clientPid() {
      return 1;
    }

    @Override
    public int descriptor() {
      return descriptor;
    }

    @Override
    public void out(String line) {
      answered.add("1 " + line);
    }

    @Override
    public void err(String line) {
      answered.add("2 " + line);
    }

    @Override
    public void become(int word, List<String> assignments, String directory) {
      throw new AssertionError("no client becomes another program");
    }

    @Override
    public void end(int status) {
      answered.add("= " + status);
    }

    @Override
    public void keeps(long bytes) {}

    @Override
    public void whenClosed(Runnable action) {
      whenClosed = action;
    }
  }

  private Replacement replacement(Reexec.@Nullable Program by) {
    var replacement =
        new Replacement(tree.platform, tree.supervisor, by, new Belongings(), this::execute);
    replacement.begin(null);
    return replacement;
  }

  private FileFault execute(Reexec.Program next, Handover handover) {
    done.add("execute " + next.path());
    if (program.path().equals(BUG)) {
      throw new IllegalStateException(BUG);
    }
    return new FileFault("execute", next.path(), new Errno(Errno.EACCES));
  }

  private void rehearsed() {
    tree.settle();
    tree.exit(CHILD, TreeFixture.FINE);
  }

  @Test
  void whatFailsAtTheVeryEndIsUndoneAndToldToAllWhoHaveAsked() {
    var replacement = replacement(program);
    replacement.ask(false, new Client(7));
    replacement.ask(true, new Client(8));
    rehearsed();
    assertThat(done)
        .containsExactly(
            "pack",
            "handover for [Asker[descriptor=7, json=false], Asker[descriptor=8, json=true]]",
            "execute " + program.path(),
            "unpack");
    assertThat(answered)
        .hasSize(4)
        .startsWith(REFUSAL + "cannot execute " + program.path() + ": permission denied", "= 1");
    assertThat(tree.messages.warnings())
        .containsExactly(
            "not replaced: cannot execute %s: permission denied; this usersvcd goes on"
                .formatted(program.path()));
  }

  @Test
  void itMayBeAskedAgain() {
    var replacement = replacement(program);
    replacement.ask();
    replacement.ask();
    rehearsed();
    replacement.ask();
    rehearsed();
    assertThat(done).filteredOn("pack"::equals).hasSize(2);
  }

  @Test
  void aClientThatHasLeftIsNotHandedOver() {
    var replacement = replacement(program);
    var client = new Client(7);
    replacement.ask(false, client);
    client.whenClosed.run();
    rehearsed();
    assertThat(done).contains("handover for []");
    assertThat(answered).isEmpty();
  }

  @Test
  void whoHasAskedWithoutAClientIsToldOnceWhyItGoesOn() {
    var replacement = replacement(null);
    replacement.ask(answered::add);
    replacement.ask();
    tree.settle();
    assertThat(answered)
        .containsExactly("it was not started by the script usersvcd, which would be executed");
  }

  @Test
  void withoutAScriptToExecuteItIsRefused() {
    replacement(null).ask(false, new Client(7));
    tree.settle();
    assertThat(done).isEmpty();
    assertThat(answered)
        .containsExactly(
            REFUSAL + "it was not started by the script usersvcd, which would be executed", "= 1");
  }

  @Test
  void whatDoesNotWorkIsNotExecuted() {
    replacement(program).ask(false, new Client(7));
    tree.settle();
    tree.exit(CHILD, TreeFixture.FAILED);
    assertThat(done).isEmpty();
    assertThat(answered).last().isEqualTo("= 1");
  }

  @Test
  void whatCannotBeWrittenDownIsNotGivenUp() {
    trouble = "the disk is full";
    replacement(program).ask(false, new Client(7));
    rehearsed();
    assertThat(done).as("it has kept nothing still").containsExactly("pack");
    assertThat(answered).containsExactly(REFUSAL + "the disk is full", "= 1");
  }

  /** Clients would wait for ever. */
  @Test
  void afterABugItGoesOn() {
    trouble = BUG;
    var replacement = replacement(program);
    replacement.ask(false, new Client(7));
    rehearsed();
    assertThat(answered).containsExactly(REFUSAL + "a bug, see the log", "= 1");
    trouble = "";
    program = new Reexec.Program(BUG, List.of(), Environment.EMPTY);
    replacement.ask(false, new Client(8));
    rehearsed();
    assertThat(done).last().isEqualTo("unpack");
    assertThat(answered).hasSize(4);
    assertThat(tree.bugs).hasSize(2);
    tree.bugs.clear();
  }

  @Test
  void servicesThatAreBeingStoppedAreStopped() {
    replacement(program).ask(false, new Client(7));
    tree.settle();
    tree.supervisor.stop(() -> {});
    tree.exit(CHILD, TreeFixture.FINE);
    assertThat(done).isEmpty();
    assertThat(answered).containsExactly(REFUSAL + "the services are being stopped", "= 1");
  }
}
