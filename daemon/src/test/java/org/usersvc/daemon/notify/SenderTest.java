package org.usersvc.daemon.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;

/** Real processes; the test's own is the daemon. Each tells the pid of the one that would send. */
final class SenderTest {
  private final Sender sender = new Sender(new PosixFileSystem(), SelfProcess.pid());
  private final List<Process> started = new ArrayList<>();
  private final List<Integer> told = new ArrayList<>();

  @AfterEach
  void end() {
    for (var each : started) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    }
    for (int pid : told) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private int start(String... command) throws IOException {
    var process = new ProcessBuilder(command).start();
    started.add(process);
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    int pid = Integer.parseInt(output.readLine());
    told.add(pid);
    return pid;
  }

  private int top() {
    return (int) started.getLast().pid();
  }

  @Test
  void aServiceIsFoundByItsOwnPid() throws IOException {
    int pid = start("setsid", "sh", "-c", "echo $$; exec sleep 1000");
    assertThat(sender.candidates(pid)).containsExactly(pid);
    assertThat(pid).isEqualTo(top());
  }

  @Test
  void aDescendantIsFoundByItsSessionAndItsAncestors() throws IOException {
    int pid = start("setsid", "sh", "-c", "sh -c 'echo $$; sleep 1000; :'; :");
    assertThat(sender.candidates(pid)).containsExactly(pid, top());
  }

  @Test
  void oneWithASessionOfItsOwnIsFoundByItsAncestors() throws IOException {
    int pid = start("setsid", "sh", "-c", "setsid -w sh -c 'echo $$; sleep 1000; :'; :");
    assertThat(sender.candidates(pid)).startsWith(pid).endsWith(top());
  }

  /** Its parent has ended, and the daemon or pid 1 has inherited it. */
  @Test
  void anOrphanIsFoundByItsSession() throws IOException {
    int pid = start("setsid", "sh", "-c", "(sleep 1000 & echo $!); exec sleep 1000");
    assertThat(sender.candidates(pid)).startsWith(pid, top());
  }

  @Test
  void aLongLineOfAncestorsIsFollowedSoFar() throws IOException {
    String nest = "[ $1 = 0 ] && { echo $$; sleep 1000; }; sh -c \"$0\" \"$0\" $(($1 - 1)); :";
    int pid = start("setsid", "sh", "-c", nest, nest, "70");
    assertThat(sender.candidates(pid)).hasSizeBetween(64, 65).contains(pid, top());
  }

  @Test
  void oneThatIsGoneHasOnlyItsPid() {
    assertThat(sender.candidates(Integer.MAX_VALUE)).containsExactly(Integer.MAX_VALUE);
  }

  @Test
  void nobodyIsBehindTheDaemonInitOrAnInvisibleProcess() {
    assertThat(sender.candidates(SelfProcess.pid())).isEmpty();
    assertThat(sender.candidates(1)).isEmpty();
    assertThat(sender.candidates(0)).isEmpty();
  }
}
