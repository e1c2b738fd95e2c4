package org.usersvc.daemon.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.extension.UnitPlaces;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.os.DatagramSender;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.PreviousState;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.supervise.TreeFixture;

/** With real pipes and sockets. */
final class RuntimePlacesTest {
  @TempDir private Path root;
  private final FakeLogs logs = new FakeLogs();
  private final List<UnitPlaces.Notifications> open = new ArrayList<>();
  private TreeFixture tree;
  private RuntimePlaces places;

  private static final class NoJournal implements Journal {
    @Override
    public void remove(RecordedProcess.Key key) {}

    @Override
    public void unsettle(long since) {}

    @Override
    public void settle() {}
  }

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    tree.start();
    places = places();
  }

  private RuntimePlaces places() {
    return new RuntimePlaces(tree.platform, logs, new UnixDatagrams(), SelfProcess.uid());
  }

  @AfterEach
  void end() {
    open.forEach(UnitPlaces.Notifications::close);
    tree.close();
  }

  private Path runtime(String path) {
    return Path.of(tree.platform.runtime().path()).resolve(path);
  }

  private List<String> pipes() throws IOException {
    try (var entries = Files.list(runtime("pipes"))) {
      return entries.map(each -> each.getFileName().toString()).toList();
    }
  }

  private List<String> units() throws IOException {
    try (var entries = Files.list(runtime("units"))) {
      return entries.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void aUnitHasADirectoryWhoseInodeIsItsIdentity() throws IOException {
    var log = places.log("foo.service", LogFormat.ISO);
    var id = places.identity("foo.service");
    long inode = (Long) Files.getAttribute(runtime("units/foo.service"), "unix:ino");
    assertThat(id.inode()).isEqualTo(inode);
    listen("foo.service", new ArrayList<>());
    assertThat(places.identity("foo.service")).isEqualTo(id);
    assertThat(places.identity("bar.service")).isNotEqualTo(id);
    assertThat(units()).containsExactly("foo.service");
    log.end(() -> {});
    tree.settle();
  }

  @Test
  void theDirectoryGoesWithTheLastUseOfIt() throws IOException {
    var log = places.log("foo.service", LogFormat.ISO);
    var socket = listen("foo.service", new ArrayList<>());
    log.end(() -> {});
    tree.settle();
    assertThat(units()).containsExactly("foo.service");
    socket.close();
    assertThat(units()).isEmpty();
    var id = places.identity("foo.service");
    assertThat(id).isEqualTo(places.identity("bar.service"));
  }

  @Test
  void aLogThatBeginsAgainKeepsTheDirectory() throws IOException {
    var log = places.log("foo.service", LogFormat.ISO);
    var id = places.identity("foo.service");
    log.end(() -> {});
    var again = places.log("foo.service", LogFormat.ISO);
    tree.settle();
    assertThat(places.identity("foo.service")).isEqualTo(id);
    assertThat(units()).containsExactly("foo.service");
    again.end(() -> {});
    tree.settle();
    assertThat(units()).isEmpty();
  }

  @Test
  void directoriesOfAnEarlierDaemonStayOnlyForUnitsThatGoOn() throws IOException {
    Files.createDirectories(runtime("units/gone.service"));
    Files.createDirectories(runtime("units/foo.service"));
    long inode = (Long) Files.getAttribute(runtime("units/foo.service"), "unix:ino");
    assertThat(places.left()).contains("gone.service");
    var log = places.log("foo.service", LogFormat.ISO);
    assertThat(places.identity("foo.service").inode()).isEqualTo(inode);
    places.settle();
    assertThat(units()).containsExactly("foo.service");
    log.end(() -> {});
    tree.settle();
  }

  @Test
  void aLogIsWrittenToTheDirectoryOfTheUnitsName() throws IOException {
    var log = places.log("foo.service", LogFormat.ISO);
    assertThat(pipes()).hasSize(1);
    var ended = new ArrayList<String>();
    log.end(() -> ended.add("written"));
    tree.settle();
    assertThat(ended).containsExactly("written");
    assertThat(pipes()).isEmpty();
  }

  @Test
  void theNextDaemonFindsWhatIsInThePipe() throws IOException {
    var log = places.log("foo.service", LogFormat.ISO);
    Files.writeString(Path.of("/proc/self/fd/" + log.descriptor()), "a line\n");
    var next = places();
    var again = next.log("foo.service", LogFormat.ISO);
    next.settle();
    var block = new byte[100];
    assertThat(tree.platform.files().read(again.descriptor(), block)).isEqualTo(7);
    log.end(() -> {});
    tree.settle();
    tree.platform.files().close(again.descriptor());
  }

  @Test
  void aPipeThatNoUnitTakesUpIsRemovedAndThoseOfServicesAreNot() throws IOException {
    Files.createFile(runtime("pipes/unit-1-2"));
    Files.createFile(runtime("pipes/1-2"));
    places.settle();
    assertThat(pipes()).containsExactly("1-2");
  }

  @Test
  void theTakeoverOfServicesLeavesPipesOfUnitsAlone() throws IOException {
    Files.createFile(runtime("pipes/unit-1-2"));
    Files.createFile(runtime("pipes/1-2"));
    var adoption = new Adoption(tree.platform);
    adoption.begin(PreviousState.NOTHING, SelfProcess.uid(), false, new NoJournal());
    adoption.settle(_ -> false, List.of(), Set.of());
    assertThat(pipes()).contains("unit-1-2").doesNotContain("1-2");
  }

  @Test
  void aNotificationComesWithItsSenderToItsUnitOnly() throws IOException {
    var heard = new ArrayList<String>();
    var first = listen("foo.service", heard);
    listen("bar.service", heard);
    try (var sender = new DatagramSender()) {
      sender.send(first.path(), "READY=1\nSTATUS=fine");
    }
    tree.settle();
    assertThat(heard).containsExactly("foo.service " + SelfProcess.pid() + " fine");
  }

  private UnitPlaces.Notifications listen(String unit, List<String> heard) throws IOException {
    var socket =
        places.notifications(
            unit, (pid, content) -> heard.add(unit + " " + pid + " " + content.status()));
    open.add(socket);
    return socket;
  }

  @Test
  void aClosedSocketHasNoName() throws IOException {
    var socket = listen("foo.service", new ArrayList<>());
    assertThat(Path.of(socket.path())).exists();
    socket.close();
    assertThat(Path.of(socket.path())).doesNotExist();
  }
}
