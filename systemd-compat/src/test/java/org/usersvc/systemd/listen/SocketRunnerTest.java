package org.usersvc.systemd.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.ListeningSockets.Address;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.record.RecordFault;

/** Cases of socket units with the answers of systemd, and what else they do. */
final class SocketRunnerTest {
  private static final int FIRST = 5000;
  private static final String ACTIVE = "active/listening";

  @TempDir private Path root;
  private SocketFixture units;

  @BeforeEach
  void begin() {
    units = new SocketFixture(root);
  }

  private String at(String name) {
    return "ListenStream=" + root.resolve(name);
  }

  /** Case k01. */
  @Test
  void startsItsServiceOnDemandAndKeepsItsSocketsOverRestarts() {
    units.socket("a.socket", at("a.sock"), "SocketMode=0600").service("a.service", "/bin/a");
    assertThat(units.start("a.socket")).isEqualTo("done");
    assertThat(units.state("a.socket")).isEqualTo(ACTIVE);
    assertThat(units.state("a.service")).isEqualTo("inactive/dead");
    assertThat(units.mechanisms.sockets.made())
        .containsExactly(new Address.Path(root.resolve("a.sock").toString(), 0600));
    units.connect(FIRST);
    assertThat(units.state("a.socket")).isEqualTo("active/running");
    assertThat(units.state("a.service")).isEqualTo("active/running");
    assertThat(units.stop("a.service")).isEqualTo("done");
    assertThat(units.state("a.socket")).isEqualTo(ACTIVE);
    units.connect(FIRST);
    assertThat(units.service("a.service").starts())
        .containsExactly("5000=a.socket", "5000=a.socket");
    assertThat(units.stop("a.socket")).isEqualTo("done");
    assertThat(units.state("a.service")).isEqualTo("active/running");
    assertThat(units.closed).containsExactly(FIRST);
    assertThat(units.poller.watched()).isEmpty();
  }

  /** Case k02. */
  @Test
  void aServiceGetsTheSocketsOfAllUnitsWithTheirNames() {
    units
        .socket("m1.socket", at("m1"), "FileDescriptorName=std", "Service=m.service")
        .socket("m2.socket", at("m2"), "FileDescriptorName=ssh", "Service=m.service")
        .service("m.service", "/bin/m");
    units.start("m1.socket");
    units.start("m2.socket");
    units.connect(FIRST);
    assertThat(units.service("m.service").starts()).containsExactly("5000=std 5001=ssh");
    assertThat(units.state("m1.socket")).isEqualTo("active/running");
    assertThat(units.state("m2.socket")).isEqualTo("active/running");
  }

  @Test
  void aSocketThatIsAnInstanceItselfComesToRest() {
    units.socket("a@.socket", at("a"), "Service=b.service").service("b.service", "/bin/b");
    units.start("a@1.socket");
    assertThat(units.stop("a@1.socket")).isEqualTo("done");
    int before = units.changes;
    units.settle();
    assertThat(units.changes).isEqualTo(before);
  }

  /** Case k03. */
  @Test
  void startingTheServiceStartsNoSocketButUsesOneThatListens() {
    units.socket("a.socket", at("a")).service("a.service", "/bin/a");
    assertThat(units.start("a.service")).isEqualTo("done");
    assertThat(units.state("a.socket")).isNotEqualTo(ACTIVE);
    assertThat(units.service("a.service").starts()).containsExactly("");
    assertThat(units.start("a.socket")).isEqualTo("failed");
    assertThat(units.warnings).anyMatch(line -> line.contains("active already"));
    units.stop("a.service");
    units.start("a.socket");
    units.start("a.service");
    assertThat(units.state("a.socket")).isEqualTo("active/running");
    assertThat(units.service("a.service").starts()).last().isEqualTo("5000=a.socket");
  }

  /** Case k05. */
  @Test
  void aServiceThatTakesNothingFailsItsSocket() {
    units
        .socket("f.socket", at("f"), "TriggerLimitIntervalSec=2", "TriggerLimitBurst=3")
        .service("f.service", "/bin/true", "StartLimitIntervalSec=0");
    units.start("f.socket");
    for (int i = 0; i < 3; i++) {
      units.connect(FIRST);
      assertThat(units.state("f.socket")).isEqualTo(ACTIVE);
    }
    units.connect(FIRST);
    assertThat(units.state("f.socket")).isEqualTo("failed/failed");
    assertThat(units.controller("f.socket").result()).isEqualTo("trigger-limit-hit");
    assertThat(units.service("f.service").starts()).hasSize(3);
    units.manager.resetAllFailed();
    units.settle();
    assertThat(units.start("f.socket")).isEqualTo("done");
  }

  @Test
  void triggersThatAreFarApartAreNoneTooMany() {
    units
        .socket("f.socket", at("f"), "TriggerLimitIntervalSec=2", "TriggerLimitBurst=1")
        .service("f.service", "/bin/true", "StartLimitIntervalSec=0");
    units.start("f.socket");
    for (int i = 0; i < 5; i++) {
      units.connect(FIRST);
      units.advance(Duration.ofSeconds(3));
    }
    assertThat(units.state("f.socket")).isEqualTo(ACTIVE);
  }

  @Test
  void failsWithAServiceThatIsStartedTooOften() {
    units
        .socket("f.socket", at("f"))
        .service("f.service", "/bin/true", "StartLimitIntervalSec=10", "StartLimitBurst=2");
    units.start("f.socket");
    for (int i = 0; i < 3; i++) {
      units.connect(FIRST);
    }
    assertThat(units.state("f.socket")).isEqualTo("failed/failed");
    assertThat(units.controller("f.socket").result()).isEqualTo("service-start-limit-hit");
  }

  @Test
  void doesNotStartWithoutItsService() {
    units.socket("a.socket", at("a"));
    assertThat(units.start("a.socket")).isEqualTo("failed");
    assertThat(units.mechanisms.sockets.made()).isEmpty();
  }

  @Test
  void whatCannotBeOpenedFailsAndLeavesNothingOpen() {
    units
        .socket("a.socket", at("a"), "ListenStream=[fe80::1]:80%%eth0")
        .service("a.service", "/bin/a");
    assertThat(units.start("a.socket")).isEqualTo("failed");
    assertThat(units.controller("a.socket").result()).isEqualTo("resources");
    assertThat(units.closed).containsExactly(FIRST);
    assertThat(units.warnings).anyMatch(line -> line.contains("no such address is supported"));
  }

  @Test
  void opensEveryKindOfAddress() throws Exception {
    units
        .socket(
            "a.socket",
            "ListenDatagram=@hidden",
            "ListenStream=127.0.0.1:8080",
            "ListenStream=6600",
            "ListenFIFO=" + root.resolve("deep/fifo"),
            "SocketMode=0620",
            "DirectoryMode=0700",
            "PassCredentials=yes")
        .service("a.service", "/bin/a");
    assertThat(units.start("a.socket")).isEqualTo("done");
    assertThat(units.mechanisms.sockets.made().toString())
        .contains("hidden", "127.0.0.1, port=8080", "/0:0:0:0:0:0:0:0, port=6600");
    assertThat(units.mechanisms.sockets.done()).contains("set 5000 PASS_CREDENTIALS 1");
    assertThat(Files.getPosixFilePermissions(root.resolve("deep"))).hasSize(3);
    assertThat(units.controller("a.socket").descriptors()).hasSize(4);
    units.stop("a.socket");
    assertThat(root.resolve("deep/fifo")).exists();
  }

  @Test
  void linksLeadToItsFileAndGoWithIt() throws Exception {
    Files.createFile(root.resolve("a"));
    units
        .socket("a.socket", at("a"), "Symlinks=" + root.resolve("l"), "RemoveOnStop=yes")
        .service("a.service", "/bin/a");
    units.start("a.socket");
    assertThat(Files.readSymbolicLink(root.resolve("l"))).isEqualTo(root.resolve("a"));
    units.stop("a.socket");
    assertThat(root.resolve("l")).doesNotExist();
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void commandsRunAroundTheLifeOfTheSockets() {
    units
        .socket(
            "a.socket",
            at("a"),
            "ExecStartPre=/pre",
            "ExecStartPost=/post",
            "ExecStopPost=-/gone",
            "PassFileDescriptorsToExec=yes")
        .service("a.service", "/bin/a");
    assertThat(units.start("a.socket")).isEqualTo("job");
    assertThat(units.mechanisms.sockets.made()).isEmpty();
    assertThat(units.controller("a.socket").controlPid()).isPositive();
    units.commands("a.socket").end(ExitStatus.exited(0));
    units.settle();
    assertThat(units.state("a.socket")).isEqualTo("activating/start-post");
    units.commands("a.socket").end(ExitStatus.exited(0));
    units.settle();
    assertThat(units.state("a.socket")).isEqualTo(ACTIVE);
    units.stop("a.socket");
    assertThat(units.closed).containsExactly(FIRST);
    units.commands("a.socket").end(ExitStatus.exited(1));
    units.settle();
    assertThat(units.state("a.socket")).as("it is down, and forgotten").isEqualTo("-");
    assertThat(units.done)
        .containsExactly("ExecStartPre /pre 0", "ExecStartPost /post 1", "ExecStopPost /gone 0");
  }

  @Test
  void eachConnectionGetsAServiceOfItsOwn() {
    units
        .socket("e.socket", at("e"), "Accept=yes", "MaxConnections=2")
        .service("e@.service", "/bin/e");
    units.start("e.socket");
    for (int connection = 7000; connection < 7003; connection++) {
      units.mechanisms.sockets.connections().add(connection);
      units.connect(FIRST);
    }
    assertThat(units.state("e.socket")).isEqualTo(ACTIVE);
    assertThat(units.service("e@0.service").starts()).containsExactly("7000=connection");
    assertThat(units.service("e@1.service").starts()).containsExactly("7001=connection");
    assertThat(units.closed).as("one too many").containsExactly(7002);
    var socket = units.controller("e.socket");
    assertThat(socket.connections()).isEqualTo(2);
    assertThat(socket.accepted()).isEqualTo(2);
    assertThat(socket.refused()).isEqualTo(1);
    units.service("e@0.service").end();
    units.settle();
    assertThat(units.closed).containsExactly(7000, 7002);
    assertThat(socket.connections()).isEqualTo(1);
  }

  @Test
  void connectionsThatAnEarlierDaemonHasAcceptedCount() throws Exception {
    units
        .socket("e.socket", at("e"), "Accept=yes", "MaxConnections=2")
        .service("e@.service", "/bin/e");
    units.resume("e.socket", "phase=listening", "accepted=5", "connections=e@4.service");
    units.mechanisms.sockets.connections().add(7000);
    units.connect(FIRST);
    assertThat(units.service("e@5.service").starts()).containsExactly("7000=connection");
    assertThat(units.controller("e.socket").connections()).isEqualTo(2);
    assertThat(units.record("e.socket").text())
        .contains("accepted=6", "connections=e@4.service e@5.service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"phase=dead", "phase=nonsense", "phase=listening\naccepted=x"})
  void aDamagedRecordChangesNothing(String lines) {
    units.socket("a.socket", at("a")).service("a.service", "/bin/a");
    assertThatThrownBy(() -> units.resume("a.socket", lines)).isInstanceOf(RecordFault.class);
    assertThat(units.state("a.socket")).isEqualTo("inactive/dead");
    assertThat(units.mechanisms.sockets.made()).isEmpty();
  }

  @Test
  void whatNobodyTookIsDroppedIfItsUnitSaysSo() {
    units.socket("a.socket", at("a"), "FlushPending=yes").service("a.service", "/bin/a");
    units.start("a.socket");
    units.connect(FIRST);
    assertThat(units.mechanisms.sockets.done()).doesNotContain("flush 5000");
    units.service("a.service").end();
    units.settle();
    assertThat(units.mechanisms.sockets.done()).contains("flush 5000");
  }

  @Test
  void goesOnWithTheSocketsOfAnEarlierDaemon() throws Exception {
    units.socket("a.socket", at("a")).service("a.service", "/bin/a");
    units.resume("a.socket", "phase=listening");
    assertThat(units.controller("a.socket").descriptors()).hasSize(1);
    assertThat(units.state("a.socket")).isEqualTo(ACTIVE);
    units.connect(FIRST);
    assertThat(units.service("a.service").starts()).containsExactly("5000=a.socket");
    assertThat(units.record("a.socket").text()).contains("phase=running");
    assertThat(units.mechanisms.sockets.held()).containsExactly(FIRST);
    units.stop("a.socket");
    assertThat(units.record("a.socket").isEmpty()).isTrue();
    assertThat(units.mechanisms.sockets.held()).isEmpty();
  }

  @Test
  void leavesSocketsThatNobodyHoldsToTheServiceThatHasThem() throws Exception {
    units.socket("a.socket", at("a")).service("a.service", "/bin/a");
    units.resume("a.socket", "phase=running");
    units.service("a.service").runs();
    units.settle();
    assertThat(units.state("a.socket")).isEqualTo("active/running");
    assertThat(units.mechanisms.sockets.made()).isEmpty();
    units.service("a.service").end();
    units.settle();
    assertThat(units.state("a.socket")).isEqualTo(ACTIVE);
    assertThat(units.mechanisms.sockets.made()).hasSize(1);
  }
}
