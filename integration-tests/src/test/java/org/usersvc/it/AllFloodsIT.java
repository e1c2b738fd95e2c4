package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever can ask the daemon for anything asks for too much, all at once. */
@ExtendWith(TreeExtension.class)
final class AllFloodsIT {
  /** What usersvcd(8) promises. */
  private static final long BOUND = 128 * 1024;

  private static final int CLIENTS = 400;
  private static final int PEERS = 64;

  /** What is open, to be closed whatever happens. */
  private final ArrayList<AutoCloseable> open = new ArrayList<>();

  private void closeAll() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  @Test
  void memoryStaysBelowTheBoundAndEverybodyElseIsServed(Tree tree) throws Exception {
    var web = tree.service("web").steady();
    tree.service("polite")
        .file("notify", "")
        .file("down", "")
        .run("systemd-notify --ready", "exec sleep 1000");
    tree.service("flood")
        .file("notify", "")
        .run(
            "exec /usr/bin/python3 -c '",
            "import os, socket",
            "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
            "s.connect(os.environ[\"NOTIFY_SOCKET\"])",
            "while True: s.send(b\"STATUS=\" + b\"x\" * 4000)",
            "'");
    var daemon = tree.start();
    int pid = web.awaitUp();
    tree.service("flood").awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    setVariablesWithoutEnd(daemon);
    try {
      askWithoutEnd(tree, daemon);
      assertThat(tree.usersvc("-w", "30", "up", "polite").expect(0).out())
          .startsWith("ok: run: polite: ");
      daemon.ask("restart", "web").expect(0);
      assertThat(web.awaitUpAfter(pid)).isPositive();
      assertThat(Long.parseLong(Proc.field(daemon.pid(), "VmHWM").replaceAll("[^0-9]", "")))
          .as("KiB of memory at most")
          .isLessThan(BOUND);
      daemon.awaitLog("has ", "dropping it");
    } finally {
      closeAll();
    }
    daemon.ask("down", "flood").expect(0);
    Await.answer("clients to be let go", daemon::descriptors, count -> count < descriptors + 20);
  }

  /** All that sessions and commands set has 1 MiB; services can be started with it. */
  private static void setVariablesWithoutEnd(Daemon daemon) throws IOException {
    String value = "v".repeat(120_000);
    var last = new Reply(List.of(), List.of(), 0);
    for (int i = 0; last.status() == 0; i++) {
      assertThat(i).isLessThan(20);
      last =
          Reply.to(
              daemon.socket(),
              "{\"verb\":\"env\",\"words\":[\"set\",\"V" + i + "=" + value + "\"]}");
    }
    assertThat(last.err().getFirst()).contains("1 MiB at most");
  }

  /** From a client that reads nothing, and may be dropped for it. */
  private void send(Daemon daemon, String bytes) throws IOException {
    var client = new Client(daemon.socket());
    open.add(client);
    try {
      client.send(bytes);
    } catch (IOException dropped) {
      assertThat(daemon.lives()).isTrue();
    }
  }

  private void askWithoutEnd(Tree tree, Daemon daemon) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      send(daemon, "x".repeat(60_000));
    }
    for (int i = 0; i < CLIENTS / 4; i++) {
      send(daemon, "{\"verb\":\"env\"}\n");
    }
    var names = "\"web\",".repeat(150_000) + "\"web\"";
    send(daemon, "{\"verb\":\"wait\",\"wait_ms\":60000,\"services\":[" + names + "]}\n");
    var getAll =
        new Wire.Message(
            "org.usersvc1",
            "/org/usersvc1",
            "org.freedesktop.DBus.Properties",
            "GetAll",
            "s",
            "\24\0\0\0org.usersvc1.Manager\0");
    for (int i = 0; i < PEERS; i++) {
      var peer = Wire.peer("unix:path=" + tree.runtime().resolve("systemd/private"));
      open.add(peer);
      peer.flood(getAll, 1000);
    }
  }
}
