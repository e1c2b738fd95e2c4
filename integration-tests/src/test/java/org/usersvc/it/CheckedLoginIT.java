package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The C parts watched at work: by the compiler's sanitizers all of them, by valgrind what runs in
 * the login's path. (Debian's valgrind does not know pidfd_open, of which the attendant lives.)
 */
@Tag("root")
final class CheckedLoginIT {
  @RegisterExtension private final OwnMachine own = new OwnMachine();
  private Machine machine;
  private int larry;
  private Path built;

  @BeforeEach
  void makeUser() throws IOException {
    machine = own.get();
    larry = machine.addUser("larry");
    String daemon = machine.script("daemon", "echo $$ >> \"$HOME/said\"\nexec sleep 1000");
    machine.config("grace=0", "wrong", "usersvcd=" + daemon);
    built = Files.createDirectory(machine.root().resolve("built"));
  }

  /** The attendant is started through a script that says how it is watched. */
  private void build(String flags, String wrapper) throws IOException {
    String make = "make -s -C ../pam 'OUT=" + built + "' 'CFLAGS=" + flags + "' all module";
    Ran.of("sh", "-c", make).expect(0);
    Ran.of("sh", "-c", "make -s -C ../pam 'OUT=" + built + "' hook").expect(0);
    Files.move(built.resolve("usersvc-attend"), built.resolve("usersvc-attend.real"));
    Files.move(
        Path.of(machine.script("wrapper", wrapper + " " + built + "/usersvc-attend.real \"$@\"")),
        built.resolve("usersvc-attend"));
  }

  private void stack(String line) throws IOException {
    machine.stack(Machine.SERVICE, line);
  }

  private String seen() throws IOException {
    return machine.shell("cd " + built + " && for f in seen.*; do cat $f; done").out();
  }

  /** Logins by module and by hook, closed and killed, one that lingers, and the end of it all. */
  private void scenario(List<String> pamtester) throws IOException {
    stack("optional " + built + "/pam_usersvc.so");
    var first = machine.login("larry", pamtester);
    var said = machine.home("larry").resolve("said");
    Await.until("the daemon", () -> Files.exists(said));
    machine.login("larry", pamtester).kill();
    stack("optional pam_exec.so type=open_session quiet seteuid " + built + "/usersvc-session");
    machine.login("larry").close();
    machine.awaitEntries(larry, 1);
    machine.shell("touch /var/lib/usersvc/linger/larry").expect(0);
    first.close();
    Await.until("lingering", () -> machine.has(larry, "lingering"));
    machine.kill(Long.parseLong(Files.readAllLines(said).getFirst()));
    Await.until("another daemon", () -> Files.readAllLines(said).size() == 2);
    machine.shell("rm /var/lib/usersvc/linger/larry").expect(0);
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/run/user/" + larry)).doesNotExist();
    assertThat(machine.has(larry, "started")).isFalse();
    assertThat(seen()).isEmpty();
  }

  @Test
  void theSanitizersFindNothing() throws IOException {
    String options = "log_path=" + built + "/seen:abort_on_error=0";
    build(
        "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all",
        "ASAN_OPTIONS=" + options + " UBSAN_OPTIONS=" + options + " exec");
    String library = Ran.of("cc", "-print-file-name=libasan.so").expect(0).out().strip();
    scenario(
        List.of(
            "env",
            "LD_PRELOAD=" + library,
            "ASAN_OPTIONS=" + options + ":detect_leaks=0",
            "UBSAN_OPTIONS=" + options,
            Programs.system("pamtester")));
  }

  @Test
  void valgrindFindsNothing() throws IOException {
    String valgrind =
        Programs.system("valgrind") + " -q --leak-check=full --log-file=" + built + "/seen.%p";
    build("-O1 -g", "[ \"$1\" = attend ] || w='" + valgrind + "'; exec $w");
    scenario(List.of("sh", "-c", "exec " + valgrind + " pamtester \"$@\"", "sh"));
  }
}
