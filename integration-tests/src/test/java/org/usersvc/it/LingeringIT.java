package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After the last logout of a user who lingers, only what lingers runs. */
@ExtendWith(TreeExtension.class)
final class LingeringIT {
  private static Service service(Tree tree, String name) throws IOException {
    return tree.service(name).run("echo start >> starts", "exec sleep 1000");
  }

  private static Service lingering(Tree tree, String name) throws IOException {
    return service(tree, name).file("linger", "");
  }

  private static long starts(Service service) throws IOException {
    var file = service.dir().resolve("starts");
    return Files.exists(file) ? service.read("starts").lines().count() : 0;
  }

  private static void awaitHeld(Tree tree, Service service) throws IOException {
    Await.answer(
        service.name() + " to wait for a login",
        () -> tree.usersvc("status", service.name()).out(),
        text -> text.contains("waiting") && text.contains("a login"));
  }

  @Test
  void onlyWhatLingersStaysUntilTheNextLogin(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var mail = lingering(tree, "mail");
    var web = service(tree, "web").file("dependencies.d/db", "");
    web.log().run("exec cat >> said");
    var db =
        tree.service("db")
            .run(
                "trap 'sleep 0.1; echo db >> ../order; exit' TERM; echo > ready",
                "while :; do sleep 0.02; done");
    web.script("finish", "echo web >> ../order");
    var off = service(tree, "off").file("down", "");
    place.launch().start();
    int pid = mail.awaitUp();
    web.awaitUp();
    db.awaitText("ready", "\n");
    int logger = web.log().awaitUp();
    var lingering = place.linger();
    awaitHeld(tree, web);
    awaitHeld(tree, db);
    assertThat(Files.readString(tree.scan().resolve("order"))).isEqualTo("web\ndb\n");
    assertThat(mail.pid()).isEqualTo(pid);
    assertThat(web.log().pid()).isEqualTo(logger);
    var status = Document.in(tree.usersvc("--json", "status", "db").expect(0)).getFirst();
    assertThat(status.text("state")).isEqualTo("waiting");
    assertThat(status.text("wanted")).isEqualTo("up");
    assertThat(status.text("waits_for")).isEqualTo("[a login]");
    assertThat(tree.usersvc("list").expect(0).out()).containsPattern("db +waiting .*a login");
    Files.delete(lingering);
    web.awaitUp();
    db.awaitUp();
    assertThat(mail.pid()).isEqualTo(pid);
    assertThat(starts(off)).isZero();
  }

  @Test
  void svWorksOnWhatIsHeldAndUsersvcSaysWhyItWaits(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var web = service(tree, "web");
    var db = service(tree, "db");
    var lingering = place.linger();
    place.launch().start();
    awaitHeld(tree, web);
    assertThat(tree.sv("status", "web").out()).matches("down: web: \\d+s, normally up, want up\n");
    var up = tree.usersvc("-w", "0.2", "up", "web").expect(1);
    assertThat(up.err()).startsWith("timeout: down: web: ").endsWith(", waits for a login\n");
    tree.sv("down", "web").expect(0);
    Await.until(
        "down to be what is wanted",
        () -> tree.sv("status", "web").out().matches("down: web: \\d+s, normally up\n"));
    tree.sv("-w", "1", "up", "db").expect(1);
    Files.delete(lingering);
    db.awaitUp();
    assertThat(starts(web)).isZero();
    tree.sv("up", "web").expect(0);
    web.awaitText("starts", "start\n");
  }

  @Test
  void whatALingeringServiceNeedsLingersToo(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var web = lingering(tree, "web").file("dependencies.d/db", "").file("waits-for.d/cron", "");
    var db = service(tree, "db");
    var cron = service(tree, "cron");
    place.linger();
    var daemon = place.launch().start();
    web.awaitUp();
    int pid = db.awaitUp();
    awaitHeld(tree, cron);
    daemon.expectLog(1, "db: lingers, as web depends on it");
    Files.delete(web.dir().resolve("linger"));
    awaitHeld(tree, web);
    awaitHeld(tree, db);
    db.file("linger", "");
    db.awaitUpAfter(pid);
    awaitHeld(tree, web);
    assertThat(starts(cron)).isZero();
  }

  @Test
  void theNextDaemonHoldsThemToo(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var mail = lingering(tree, "mail");
    var web = service(tree, "web");
    var daemon = place.launch().start();
    int pid = mail.awaitUp();
    web.awaitUp();
    daemon.kill();
    daemon.awaitEnd();
    var lingering = place.linger();
    daemon = place.launch().start();
    awaitHeld(tree, web);
    tree.usersvc("reexec").expect(0);
    awaitHeld(tree, web);
    daemon.kill();
    daemon.awaitEnd();
    place.launch().start();
    awaitHeld(tree, web);
    assertThat(starts(web)).isOne();
    Files.delete(lingering);
    web.awaitText("starts", "start\nstart\n");
    assertThat(starts(web)).isEqualTo(2);
    assertThat(mail.pid()).isEqualTo(pid);
  }

  @Test
  void aFileOfSomebodyElseHoldsNothing(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var web = service(tree, "web");
    LoginPlace.spoil(place.linger());
    var daemon = place.launch().start();
    web.awaitUp();
    daemon.expectLog(1, place.dir() + "/lingering", "ignoring it");
  }
}
