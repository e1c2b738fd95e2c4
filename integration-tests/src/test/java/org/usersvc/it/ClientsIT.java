package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the control socket that are many, slow, mad, or gone. */
@ExtendWith(TreeExtension.class)
final class ClientsIT {
  private static final int MANY = 1000;

  @Test
  void aThousandClientsAtOnceAreAnswered(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    var clients = new ArrayList<Client>();
    try {
      for (int i = 0; i < MANY; i++) {
        var client = new Client(daemon.socket());
        clients.add(client);
        client.send("{\"verb\":\"status\",\"services\":[\"web\"]}\n");
      }
      for (var client : clients) {
        assertThat(Reply.rest(client).expect(0).out().getLast()).contains(" " + pid + " ");
      }
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void whatIsAnsweredIsInTheStatusFileToo(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    for (int i = 0; i < 50; i++) {
      daemon.ask("down", "web").expect(0);
      assertThat(web.status()).as("after down, round %d", i).matches(Status::isDown);
      daemon.ask("up", "web").expect(0);
      assertThat(web.status()).as("after up, round %d", i).matches(Status::isUp);
    }
  }

  @Test
  void halfARequestHoldsUpNobody(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    try (var half = new Client(daemon.socket())) {
      half.send("{\"verb\":\"down\",\"serv");
      daemon.ask("status", "web").expect(0);
      half.send("ices\":[\"web\"]}\n");
      assertThat(Reply.rest(half).expect(0).out()).hasSize(1);
    }
    try (var half = new Client(daemon.socket())) {
      half.send("{\"verb\":\"up\",\"services\":[\"web\"]}");
      half.closeSendingHalf();
      assertThat(half.line()).isNull();
    }
    assertThat(web.status()).matches(Status::isDown);
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void aRequestThatNeverComesIsCutOff(Tree tree) throws IOException {
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    try (var mute = new Client(daemon.socket())) {
      daemon.ask("list").expect(0);
      Await.answer("the client to be let go", daemon::descriptors, count -> count == descriptors);
      assertThat(Reply.rest(mute).expect(100).err().getFirst()).contains("10 s");
    }
  }

  @Test
  void megabytesOfGarbageAreRefused(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    var bytes = new byte[4 * 1024 * 1024];
    new Random(4).nextBytes(bytes);
    String garbage = new String(bytes, ISO_8859_1).replace('\n', ' ');
    try (var client = new Client(daemon.socket())) {
      client.send(garbage);
      client.closeSendingHalf();
    } catch (IOException ignored) { // it may be cut off early
      assertThat(daemon.lives()).isTrue();
    }
    daemon.awaitDescriptors(descriptors);
    assertThat(daemon.ask("status", "web").expect(0).out().getLast()).contains(" " + pid + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"verb\":3}",
        "{\"verb\":\"up\"}",
        "{\"verb\":\"nosuch\",\"services\":[\"web\"]}",
        "{\"v\":2,\"verb\":\"list\"}",
        "{\"verb\":\"up\",\"services\":\"web\"}",
        "{\"verb\":\"up\",\"services\":[3]}",
        "{\"verb\":\"up\",\"services\":[\"a\\u0000b\"]}",
        "{\"verb\":\"up\",\"services\":[\"web\"],\"wait_ms\":\"long\"}",
        "{\"verb\":\"up\",\"services\":[\"web\"],\"wait_ms\":99999999999999999999}",
        "{\"verb\":\"list\",\"format\":\"xml\"}",
        "{\"verb\":\"list\"",
        "{\"verb\":\"switch\"}",
        "{\"verb\":\"svc\",\"letters\":\"z\",\"services\":[]}",
        "{\"verb\":\"list\",\"x\":{\"y\":[{\"z\":[}]}"
      })
  void aSenselessRequestIsAnsweredWithTheReason(String request, Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.start();
    var reply = Reply.to(daemon.socket(), request).expect(100);
    assertThat(reply.out()).isEmpty();
    assertThat(reply.err()).hasSize(1);
    assertThat(reply.err().getFirst()).startsWith("usersvc: ");
    assertThat(tree.service("web").awaitUp()).isNotZero();
  }

  @Test
  void unknownFieldsAreIgnored(Tree tree) throws IOException {
    var daemon = tree.start();
    Reply.to(daemon.socket(), "{\"verb\":\"list\",\"new\":{\"a\":[1,{\"b\":2}]},\"x\":null}")
        .expect(0);
  }

  @Test
  void deepNestingIsNoTrouble(Tree tree) throws IOException {
    var daemon = tree.start();
    String deep = "[".repeat(30_000) + "]".repeat(30_000);
    var reply = Reply.to(daemon.socket(), "{\"verb\":\"list\",\"x\":" + deep + "}");
    assertThat(reply.status()).isIn(0, 100);
    daemon.ask("list").expect(0);
  }

  @Test
  void aRequestOfMoreThanOneMebibyteIsRefused(Tree tree) throws IOException {
    var daemon = tree.start();
    String names = "\"" + "x".repeat(1_100_000) + "\"";
    var reply = Reply.to(daemon.socket(), "{\"verb\":\"up\",\"services\":[" + names + "]}");
    assertThat(reply.expect(100).err().getFirst()).contains("1 MiB");
  }

  @Test
  void aClientThatDoesNotReadIsLetGoAndHoldsUpNobody(Tree tree) throws IOException {
    for (int i = 0; i < 100; i++) {
      tree.service("a-service-with-a-rather-long-name-to-have-much-to-say-" + i).steady();
    }
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    try (var deaf = new Client(daemon.socket())) {
      deaf.send("{\"verb\":\"events\"}\n");
      daemon.ask("version").expect(0);
      assertThat(daemon.descriptors()).isEqualTo(descriptors + 1);
      for (int i = 0; i < 1500; i++) {
        web.letters("du");
      }
      daemon.ask("status", "web").expect(0);
      Await.until("web to be up", () -> daemon.ask("up", "web").status() == 0);
      web.awaitUpAfter(pid);
    }
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void aClientThatLeavesWhileItWaitsIsForgotten(Tree tree) throws IOException {
    var web = tree.scenario("stubborn").service("web").file("timeout-kill", "60000\n");
    var daemon = tree.start();
    int pid = web.awaitUp();
    web.awaitText("got", "started\n");
    int descriptors = daemon.descriptorsAtRest();
    for (int i = 0; i < 20; i++) {
      try (var client = new Client(daemon.socket())) {
        client.send("{\"verb\":\"down\",\"services\":[\"web\"],\"wait_ms\":60000}\n");
        daemon.ask("version").expect(0);
      }
    }
    daemon.awaitDescriptors(descriptors);
    web.letters("k");
    Proc.awaitGone(pid);
    web.awaitDown();
  }
}
