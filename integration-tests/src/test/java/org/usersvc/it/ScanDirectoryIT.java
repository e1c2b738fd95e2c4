package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scan directory itself: missing, bad, replaced, switched. */
@ExtendWith(TreeExtension.class)
final class ScanDirectoryIT {
  /** A second scan directory that shares the service "both" with the first. */
  private static Path second(Tree tree, Service both) throws IOException {
    var directory = Files.createDirectory(tree.root().resolve("second"));
    Files.createSymbolicLink(directory.resolve("both"), both.dir());
    Service.in(directory, "new").steady();
    return directory;
  }

  @Test
  void aMissingOneIsWaitedForAndTakenUpWhenItIsMade(Tree tree) throws IOException {
    var away = tree.root().resolve("not/yet/there");
    var daemon = tree.launch().arguments(away.toString()).start();
    assertThat(daemon.awaitLog("not/yet/there")).contains("no such file").contains("mkdir");
    Files.createDirectories(away);
    Service.in(away, "web").steady().awaitUp();
    daemon.expectLog(1, "not/yet/there");
  }

  @Test
  void aFileInItsPlaceIsToldAndWaitedFor(Tree tree) throws IOException {
    var file = Files.createFile(tree.root().resolve("file"));
    var daemon = tree.launch().arguments(file.toString()).start();
    assertThat(daemon.awaitLog(file.toString())).contains("not a directory").contains("mkdir");
    assertThat(daemon.ask("status", "web").expect(1).err().getFirst()).contains("not a directory");
    Files.delete(file);
    Files.createDirectory(file);
    Service.in(file, "web").steady().awaitUp();
  }

  @Test
  void anUnreadableOneIsTold(Tree tree) throws IOException {
    Ran.of("chmod", "000", tree.scan().toString()).expect(0);
    var daemon = tree.launch().unprivileged(64101).start();
    assertThat(daemon.awaitLog("permission denied"))
        .contains(tree.scan().toString())
        .contains("chmod");
  }

  @Test
  void anUnreadableOneIsTakenUpWhenItCanBeRead(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    Ran.of("chmod", "000", tree.scan().toString()).expect(0);
    tree.launch().unprivileged(64101).start();
    Ran.of("chmod", "755", tree.scan().toString()).expect(0);
    web.awaitUp();
  }

  @Test
  void oneThatBecomesUnreadableLeavesServicesAsTheyAre(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.launch().unprivileged(64102).start();
    int pid = web.awaitUp();
    Ran.of("chmod", "000", tree.scan().toString()).expect(0);
    daemon.ask("rescan");
    daemon.awaitLog("permission denied");
    assertThat(daemon.ask("status", "web").expect(0).out().getLast()).contains(" " + pid + " ");
    Ran.of("chmod", "755", tree.scan().toString()).expect(0);
    daemon.ask("rescan").expect(0);
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
  }

  @Test
  void aReplacedOneIsFollowed(Tree tree) throws IOException {
    var both = tree.prepare("both").steady();
    Files.createSymbolicLink(tree.scan().resolve("both"), both.dir());
    var old = tree.service("old").steady();
    tree.start();
    int kept = both.awaitUp();
    int gone = old.awaitUp();
    var fresh = second(tree, both);
    Files.move(tree.scan(), tree.root().resolve("first"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(fresh, tree.scan(), StandardCopyOption.ATOMIC_MOVE);
    tree.service("new").awaitUp();
    Proc.awaitGone(gone);
    assertThat(both.status()).matches(status -> status.isUp() && status.pid() == kept);
  }

  @Test
  void oneThatIsGoneLeavesItsServicesRunning(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    var first = tree.root().resolve("first");
    Files.move(tree.scan(), first, StandardCopyOption.ATOMIC_MOVE);
    daemon.awaitLog("services", "no such file");
    daemon.ask("rescan");
    assertThat(Proc.lives(pid)).isTrue();
    Files.move(first, tree.scan(), StandardCopyOption.ATOMIC_MOVE);
    daemon.ask("rescan").expect(0);
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
    tree.service("more").steady().awaitUp();
  }

  @Test
  void aLinkThatIsRepointedIsFollowed(Tree tree) throws IOException {
    var both = tree.service("both").steady();
    var old = tree.service("old").steady();
    var fresh = second(tree, both);
    var link = Files.createSymbolicLink(tree.root().resolve("current"), tree.scan());
    tree.launch().arguments(link.toString()).start();
    int kept = both.awaitUp();
    int gone = old.awaitUp();
    Ran.of("ln", "-sfn", fresh.toString(), link.toString()).expect(0);
    new Service(fresh.resolve("new")).awaitUp();
    Proc.awaitGone(gone);
    var next = Files.createSymbolicLink(tree.root().resolve("next"), tree.scan());
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    old.awaitUpAfter(gone);
    assertThat(both.status()).matches(status -> status.isUp() && status.pid() == kept);
  }

  @Test
  void switchKeepsServicesThatAreInBoth(Tree tree) throws IOException {
    var both = tree.service("both").steady();
    var old = tree.service("old").steady();
    var daemon = tree.start();
    int kept = both.awaitUp();
    int gone = old.awaitUp();
    var fresh = second(tree, both);
    tree.usersvc("switch", fresh.toString()).expect(0);
    new Service(fresh.resolve("new")).awaitUp();
    Proc.awaitGone(gone);
    assertThat(both.status()).matches(status -> status.isUp() && status.pid() == kept);
    Service.in(fresh, "later").steady().awaitUp();
    tree.service("ignored").steady();
    daemon.ask("rescan").expect(0);
    daemon.ask("status", "ignored").expect(1);
  }

  @Test
  void switchToWhatIsNotThereChangesNothing(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    int pid = web.awaitUp();
    var ran = tree.usersvc("switch", tree.root() + "/nosuch").expect(1);
    assertThat(ran.err()).contains("/nosuch").contains("no such file");
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
    tree.service("more").steady().awaitUp();
  }
}
