package org.usersvc.daemon.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SendQueueTest {
  private final FakeLocalSockets sockets = new FakeLocalSockets();
  private final SendQueue queue = new SendQueue();

  private void add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    queue.add(bytes, bytes.length);
  }

  @Test
  void nothingIsLostOrTurnedRoundHoweverItIsTaken() throws FileFault {
    var random = new Random(1);
    var expected = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      String line = i + "ü".repeat(random.nextInt(random.nextBoolean() ? 30 : 3000)) + "\n";
      add(line);
      expected.append(line);
      sockets.room(random.nextInt(3000));
      queue.send(sockets, 1);
    }
    sockets.room(Integer.MAX_VALUE);
    while (queue.size() > 0) {
      queue.send(sockets, 1);
    }
    assertThat(sockets.received()).isEqualTo(expected.toString());
    assertThat(queue.space()).isZero();
  }

  @Test
  void sizeCountsBytesThatWait() throws FileFault {
    add("größe");
    assertThat(queue.size()).isEqualTo(7);
    sockets.room(6);
    queue.send(sockets, 1);
    assertThat(queue.size()).isOne();
    assertThat(queue.space()).isPositive();
  }

  @Test
  void noTurnIsHeldUpByOneWhoTakesMuch() throws FileFault {
    byte[] block = new byte[600_000];
    for (int i = 0; i < 3; i++) {
      queue.add(block, block.length);
    }
    queue.send(sockets, 1);
    assertThat(queue.size()).isEqualTo(600_000);
  }
}
