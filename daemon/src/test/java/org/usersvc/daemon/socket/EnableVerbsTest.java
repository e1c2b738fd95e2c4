package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.enable.AvailableServices;
import org.usersvc.daemon.enable.Enabling;
import org.usersvc.daemon.files.FakeLocalSockets;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.trigger.Memory;
import org.usersvc.daemon.view.Commanded;

/** enable and disable as a client sees them, with fake children. */
final class EnableVerbsTest {
  @TempDir private Path root;
  private Path scan;
  private Path foo;
  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofAll();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final PosixFileSystem files = new PosixFileSystem();
  private final FakeProcesses processes = new FakeProcesses();
  private final InotifyWatches watches = new InotifyWatches();
  private Supervisor supervisor;
  private Dispatcher dispatcher;

  @BeforeEach
  void start() throws IOException {
    scan = Files.createDirectory(root.resolve("scan"));
    foo = definition("foo");
    String runtime = Files.createDirectory(root.resolve("runtime")).toString();
    var platform =
        new Platform(
            files,
            processes,
            watches,
            loop,
            new FakeMessages(),
            RuntimeDirectory.make(files, runtime));
    var memory = new Memory(root + "/schedule", clock::nanos);
    supervisor =
        new Supervisor(
            platform, new FakeLogs().listeners(), new Adoption(platform), scan.toString(), memory);
    var definitions = new AvailableServices(files, List.of(root + "/sv"));
    var enabling = new Enabling(files, definitions, runtime + "/supervise");
    dispatcher =
        new Dispatcher(FakeBackend.of(platform, new FakeLocalSockets(), supervisor, enabling));
    supervisor.start();
    settle();
  }

  @AfterEach
  void stop() {
    supervisor.stop(() -> {});
    supervisor.hurry();
    while (!processes.living().isEmpty()) {
      exit();
    }
    settle();
    assertThat(supervisor.all()).isEmpty();
    files.close(watches.descriptor());
    assertThat(bugs).isEmpty();
  }

  private Path definition(String name) throws IOException {
    var made = Files.createDirectories(root.resolve("sv").resolve(name));
    var run = Files.writeString(made.resolve("run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    return made;
  }

  private KeptAnswer ask(String verb, String words, String more) {
    var kept = new KeptAnswer(0);
    byte[] line = "{\"verb\":\"%s\",\"words\":[%s]%s}".formatted(verb, words, more).getBytes(UTF_8);
    dispatcher.request(line, line.length, kept);
    return kept;
  }

  private List<String> begin(String verb, String words, String more) {
    var kept = ask(verb, words, more);
    settle();
    return kept.lines;
  }

  private List<String> begin(String verb, String words) {
    return begin(verb, words, "");
  }

  private void settle() {
    for (int i = 0; i < 20; i++) {
      loop.runOneTurn(false);
    }
  }

  private void exit() {
    processes.exitEldest(ExitStatus.exited(0));
    settle();
  }

  private List<String> inScan() throws IOException {
    try (var entries = Files.list(scan)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void enablingStartsTheServiceAndSaysFromWhere() {
    assertThat(begin("enable", "\"foo\""))
        .containsExactly("foo: enabled (from " + foo + ")", "= 0");
    assertThat(processes.living()).containsExactly("foo/run");
    assertThat(begin("enable", "\"foo\""))
        .containsExactly("foo: already enabled (from " + foo + ")", "= 0");
  }

  @Test
  void jsonHasTheNativeName() {
    assertThat(begin("enable", "\"foo\"", ",\"format\":\"json\""))
        .containsExactly(
            "{\"name\":\"foo\",\"outcome\":\"enabled\",\"from\":\"" + foo + "\"}", "= 0");
    assertThat(begin("disable", "\"foo\"", ",\"format\":\"json\""))
        .containsExactly("{\"name\":\"foo\",\"outcome\":\"disabled\"}", "= 0");
  }

  @Test
  void whatCannotBeEnabledIsCountedAndToldWithTheRemedy() throws IOException {
    Files.createDirectory(scan.resolve("own"));
    definition("own");
    assertThat(begin("enable", "\"nosuch\",\"foo\",\"own\",\"../x\",\"foo\""))
        .containsExactly(
            "2 fail: nosuch: no available service (a directory with a run) in " + root + "/sv",
            "2 fail: own: %s/own is in the way and was not made by usersvc enable; mv it away"
                .formatted(scan),
            "2 fail: ../x: it is no name of a service: a name has no slash and does not begin "
                + "with a dot",
            "foo: enabled (from " + foo + ")",
            "= 3");
  }

  @Test
  void withoutANameItListsWhatThereIs() throws IOException {
    Files.writeString(foo.resolve("run"), "#!/bin/sh\n# foo: does this. And that.\nexec foo\n");
    definition("wide-name");
    begin("enable", "\"foo\"");
    settle();
    assertThat(begin("enable", ""))
        .containsExactly(
            "foo        enabled  does this.",
            "wide-name  -        " + root + "/sv/wide-name",
            "= 0");
  }

  @Test
  void anEmptyListSaysWhereItLooked() throws IOException {
    Files.delete(foo.resolve("run"));
    assertThat(begin("enable", ""))
        .containsExactly(
            "2 usersvc: there is nothing to enable: no directory with a run is in " + root + "/sv",
            "= 0");
  }

  @Test
  void withoutANameNothingIsDone() {
    assertThat(begin("disable", ""))
        .containsExactly("2 usersvc: disable needs the name of a service", "= 100");
  }

  @Test
  void nowStartsEvenWhatIsNormallyDown() throws IOException {
    Files.createFile(foo.resolve("down"));
    begin("enable", "\"foo\"");
    assertThat(processes.living()).isEmpty();
    var answer = begin("enable", "\"foo\"", ",\"now\":true");
    clock.advance(Commanded.PROBATION);
    settle();
    assertThat(answer)
        .startsWith("foo: already enabled (from " + foo + ")")
        .anyMatch(line -> line.startsWith("ok: run: foo: (pid "))
        .endsWith("= 0");
    assertThat(processes.living()).containsExactly("foo/run");
  }

  @Test
  void nowOfWhatOnlyWaitsIsNoFailureAndSaysForWhat() throws IOException {
    Files.writeString(foo.resolve("needs-env"), "WAYLAND_DISPLAY\n");
    assertThat(begin("enable", "\"foo\"", ",\"now\":true"))
        .containsExactly(
            "foo: enabled (from " + foo + ")",
            "foo: starts when a session brings WAYLAND_DISPLAY"
                + " (in sway: exec usersvc session register)",
            "= 0");
  }

  @Test
  void upOfWhatOnlyWaitsIsAnsweredAtOnceUnlessAWaitIsAskedFor() throws IOException {
    Files.writeString(foo.resolve("needs-env"), "WAYLAND_DISPLAY\n");
    begin("enable", "\"foo\"");
    for (String verb : new String[] {"up", "restart"}) {
      assertThat(begin(verb, "", ",\"services\":[\"foo\"]"))
          .containsExactly(
              "foo: starts when a session brings WAYLAND_DISPLAY"
                  + " (in sway: exec usersvc session register)",
              "= 0");
    }
    var answer = begin("up", "", ",\"services\":[\"foo\"],\"wait_ms\":3000");
    assertThat(answer).isEmpty();
    clock.advance(Duration.ofSeconds(3));
    settle();
    assertThat(answer.getFirst()).startsWith("2 timeout: ").contains("waits for WAYLAND_DISPLAY");
    assertThat(answer.getLast()).isEqualTo("= 1");
  }

  @Test
  void nowOfWhatStartsByTheClockRunsItOnceAndSaysWhenItStartsNext() throws IOException {
    Files.writeString(foo.resolve("schedule"), "yearly\n");
    Files.writeString(foo.resolve("type"), "oneshot\n");
    var answer = begin("enable", "\"foo\"", ",\"now\":true");
    assertThat(processes.living()).containsExactly("foo/run");
    exit();
    assertThat(answer).hasSize(3).startsWith("foo: enabled (from " + foo + ")").endsWith("= 0");
    assertThat(answer.get(1))
        .matches("ok: scheduled: foo: next start \\w{3} \\d{4}-01-01 00:00:00 \\S+");
    assertThat(begin("show", "", ",\"services\":[\"foo\"]"))
        .anyMatch(line -> line.matches("  next start  \\w{3} \\d{4}-01-01 00:00:00 \\S+"));
  }

  @Test
  void aPageSaysWhichFilesOverrideTheDefinition() throws IOException {
    var override = Files.createDirectories(root.resolve("usersvc/override/foo"));
    begin("enable", "\"foo\"");
    assertThat(begin("show", "", ",\"services\":[\"foo\"]"))
        .contains("  defined in  " + foo)
        .noneMatch(line -> line.startsWith("  overridden"));
    Files.copy(foo.resolve("run"), override.resolve("run"));
    begin("enable", "\"foo\"");
    assertThat(begin("show", "", ",\"services\":[\"foo\"]"))
        .contains("  defined in  " + foo, "  overridden  by " + override + "/run");
  }

  @Test
  void answersComeInTheOrderOfTheNames() throws IOException {
    definition("bar");
    Files.writeString(foo.resolve("type"), "oneshot\n");
    begin("enable", "\"foo\",\"bar\"");
    var answer = ask("wait", "", ",\"services\":[\"foo\",\"nosuch\",\"bar\"]");
    clock.advance(Commanded.PROBATION);
    settle();
    assertThat(answer.lines).as("bar is ready, and foo is not").isEmpty();
    processes.exit(processes.pid("foo/run"), ExitStatus.exited(0));
    settle();
    assertThat(answer.lines).hasSize(4).last().isEqualTo("= 1");
    assertThat(answer.lines.get(0)).matches("ok: \\w+: foo: .*");
    assertThat(answer.lines.get(1)).startsWith("2 fail: nosuch: ");
    assertThat(answer.lines.get(2)).startsWith("ok: run: bar: ");
  }

  @Test
  void whatIsNotEnabledOrMisspeltSaysHowItIsMeant() {
    assertThat(begin("up", "", ",\"services\":[\"foo\"]"))
        .containsExactly(
            "2 fail: foo: it is not enabled; usersvc enable --now foo does that (from %s)"
                .formatted(foo),
            "= 1");
    assertThat(begin("enable", "\"fooo\"").getFirst()).endsWith("; did you mean foo?");
    begin("enable", "\"foo\"");
    assertThat(begin("up", "", ",\"services\":[\"foi\"]").getFirst())
        .endsWith("; see usersvc list; did you mean foo?");
  }

  @Test
  void disablingStopsTheServiceAndLeavesNothing() throws IOException {
    Files.writeString(foo.resolve("finish"), "#!/bin/sh\n");
    var permissions = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(foo.resolve("finish"), permissions);
    begin("enable", "\"foo\"");
    assertThat(begin("disable", "\"foo\"")).containsExactly("foo: disabled", "= 0");
    assertThat(inScan()).containsExactly(".foo.old");
    exit();
    assertThat(processes.living()).as("finish is still there").containsExactly(".foo.old/finish");
    exit();
    assertThat(inScan()).isEmpty();
    assertThat(processes.living()).isEmpty();
    assertThat(root.resolve("runtime/supervise")).isEmptyDirectory();
    assertThat(root.resolve("runtime/pipes")).isEmptyDirectory();
  }

  @Test
  void disablingNowIsAnsweredWhenTheServiceHasEnded() throws IOException {
    begin("enable", "\"foo\"");
    var answer = begin("disable", "\"foo\"", ",\"now\":true");
    assertThat(answer).containsExactly("foo: disabled");
    exit();
    assertThat(answer).containsExactly("foo: disabled", "= 0");
    assertThat(inScan()).isEmpty();
  }

  @Test
  void disablingNowSaysWhenTheServiceDoesNotEnd() {
    begin("enable", "\"foo\"");
    var answer = begin("disable", "\"foo\"", ",\"now\":true,\"wait_ms\":3000");
    clock.advance(Duration.ofSeconds(3));
    settle();
    assertThat(answer)
        .containsExactly(
            "foo: disabled", "2 fail: foo: it is disabled, and has not stopped yet", "= 1");
  }

  @Test
  void aServiceThatIsBeingDisabledIsEnabledOnlyWhenItHasEnded() {
    begin("enable", "\"foo\"");
    begin("disable", "\"foo\"");
    var answer = begin("enable", "\"foo\"");
    assertThat(answer).isEmpty();
    assertThat(processes.living()).containsExactly("foo/run");
    exit();
    assertThat(answer).containsExactly("foo: enabled (from " + foo + ")", "= 0");
    assertThat(processes.living()).containsExactly("foo/run");
  }

  @Test
  void aLinkIsRemovedAndAnotherNameKeepsTheServiceRunning() throws IOException {
    Files.createSymbolicLink(scan.resolve("foo"), foo);
    Files.createSymbolicLink(scan.resolve("other"), foo);
    settle();
    assertThat(begin("disable", "\"foo\"", ",\"now\":true"))
        .containsExactly("foo: disabled (it was a link to " + foo + ")", "= 0");
    assertThat(processes.living()).containsExactly("foo/run");
  }

  @Test
  void whatIsNotEnabledOrNotOursIsKept() throws IOException {
    var own = Files.createDirectory(scan.resolve("own"));
    Files.createFile(own.resolve("run"));
    assertThat(begin("disable", "\"nosuch\",\"own\""))
        .containsExactly(
            "2 fail: nosuch: it is not enabled: nothing of that name is in " + scan,
            "2 fail: own: %s/own/run was not made by usersvc enable and is kept; ".formatted(scan)
                + "mv it away, then disable again",
            "= 2");
  }

  @Test
  void eachIsToldAsSoonAsItIsDisabled() {
    begin("enable", "\"foo\"");
    var answer = ask("disable", "\"foo\",\"nosuch\"", "");
    for (int i = 0; answer.lines.isEmpty(); i++) {
      assertThat(i).isLessThan(20);
      loop.runOneTurn(false);
    }
    assertThat(answer.lines).first().isEqualTo("foo: disabled");
    assertThat(answer.lines).noneMatch(line -> line.startsWith("="));
    settle();
    assertThat(answer.lines).last().isEqualTo("= 1");
  }

  @Test
  void whatWaitsForAServiceToEndIsCountedAndGoesWithItsClient() {
    begin("enable", "\"foo\"");
    begin("disable", "\"foo\"");
    var stays = ask("enable", "\"foo\"", "");
    var leaves = ask("disable", "\"foo\"", "");
    assertThat(stays.kept).isPositive();
    assertThat(leaves.kept).isPositive();
    leaves.close();
    exit();
    assertThat(stays.lines).last().isEqualTo("= 0");
    assertThat(leaves.lines).isEmpty();
    assertThat(processes.living()).containsExactly("foo/run");
  }
}
