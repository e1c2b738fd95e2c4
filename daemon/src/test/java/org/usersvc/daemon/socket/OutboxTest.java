package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.files.FileFault;

final class OutboxTest {
  private final FakeLocalSockets sockets = new FakeLocalSockets();
  private final Outbox outbox = new Outbox();

  @Test
  void nothingIsLostOrTurnedRoundHoweverItIsTaken() throws FileFault {
    var random = new Random(1);
    var expected = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      String line = i + "ü".repeat(random.nextInt(300)) + "\n";
      outbox.add(line);
      expected.append(line);
      sockets.room(random.nextInt(700));
      boolean all = outbox.send(sockets, 1);
      assertThat(all).isEqualTo(outbox.size() == 0);
    }
    sockets.room(Integer.MAX_VALUE);
    assertThat(outbox.send(sockets, 1)).isTrue();
    assertThat(sockets.received()).isEqualTo(expected.toString());
  }

  @Test
  void sizeCountsBytesThatWait() throws FileFault {
    outbox.add("größe");
    assertThat(outbox.size()).isEqualTo(7);
    assertThat(outbox).hasToString("größe");
    sockets.room(6);
    assertThat(outbox.send(sockets, 1)).isFalse();
    assertThat(outbox.size()).isOne();
    assertThat(outbox).hasToString("e");
  }
}
