package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.activation.SessionFixture;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.daemon.wire.SignalTargets;

/** Signals about sessions as a bus gets them. */
final class SessionChangesTest {
  @TempDir private Path root;
  private final FakeLink link = new FakeLink();
  private final SignalTargets links = new SignalTargets();
  private TreeFixture tree;
  private SessionFixture desk;
  private int early;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    desk = new SessionFixture(root);
    early = desk.leader();
    desk.register(early, "A", "1");
    var verbs = new SessionVerbs(desk.sessions, desk.activation, new FakeMessages());
    var scanDirectory = new ScanDirectory(() -> {}, tree.supervisor);
    var objects = new UsersvcObjects(tree.services, tree.operations, verbs, scanDirectory);
    new SessionChanges(desk.sessions, new Publisher(objects, tree.services, tree.loop, links))
        .begin();
    links.add(link);
  }

  @AfterEach
  void end() {
    desk.close();
    tree.close();
  }

  private List<String> signals() {
    tree.settle();
    return link.take();
  }

  @Test
  void aSessionComesOnceAndGoesOnce() throws IOException {
    int leader = desk.leader();
    desk.register(leader, "A", "2");
    assertThat(signals())
        .hasSize(2)
        .anyMatch(signal -> signal.startsWith(" InterfacesAdded[/org/usersvc1/session/2"))
        .anyMatch(signal -> signal.startsWith(" PropertiesChanged[org.usersvc1.Manager"));
    desk.processes.strangerEnds(leader);
    assertThat(signals())
        .hasSize(2)
        .anyMatch(signal -> signal.startsWith(" InterfacesRemoved[/org/usersvc1/session/2"))
        .anyMatch(signal -> signal.startsWith(" PropertiesChanged[org.usersvc1.Manager"));
  }

  @Test
  void whatWasThereBeforeIsNoNewsUntilItChanges() throws IOException {
    assertThat(signals()).isEmpty();
    desk.register(early, "A", "1");
    assertThat(signals()).as("the same again").isEmpty();
    desk.register(early, "A", "2");
    assertThat(signals())
        .singleElement()
        .asString()
        .startsWith("/session/1 PropertiesChanged[org.usersvc1.Session");
  }

  @Test
  void sessionsThatEndTogetherAreAllTold() throws IOException {
    desk.register(desk.leader(), "A", "2");
    signals();
    desk.sessions.unregister(1);
    desk.sessions.unregister(2);
    assertThat(signals())
        .anyMatch(signal -> signal.startsWith(" InterfacesRemoved[/org/usersvc1/session/1"))
        .anyMatch(signal -> signal.startsWith(" InterfacesRemoved[/org/usersvc1/session/2"))
        .hasSize(3);
  }

  @Test
  void withoutABusNothingIsKeptForLater() throws IOException {
    links.remove(link);
    desk.register(desk.leader(), "A", "2");
    links.add(link);
    assertThat(signals()).isEmpty();
  }
}
