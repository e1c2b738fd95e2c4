package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.os.DatagramSender;
import org.usersvc.daemon.supervise.FakeMessages;

/** Descriptors that come with messages. */
final class DescriptorsTest {
  private static final String SD_BUS = "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n";
  private static final int STDERR = 2;

  private final List<Integer> closed = new ArrayList<>();
  private final Descriptors descriptors = new Descriptors(closed::add);

  private static List<Integer> numbers(int first, int count) {
    return IntStream.range(first, first + count).boxed().toList();
  }

  @Test
  void eachMessageHasAsManyAsItSays() throws MalformedMessage {
    descriptors.add(List.of(10, 11, 12), false);
    var first = descriptors.claim(2);
    var second = descriptors.claim(1);
    assertThat(descriptors.isWaiting()).isFalse();
    assertThat(second.take(0)).isEqualTo(12);
    assertThat(first.take(1)).isEqualTo(11);
    assertThat(first.take(1)).as("taken before").isEqualTo(-1);
    assertThat(first.take(2)).isEqualTo(-1);
    assertThat(first.take(-1)).isEqualTo(-1);
    first.close();
    second.close();
    assertThat(closed).as("those that nobody has taken").containsExactly(10);
  }

  @Test
  void moreThan16AreClosedAtOnceAndTheirMessageIsRefused() throws MalformedMessage {
    descriptors.add(numbers(100, 20), false);
    assertThat(closed).containsExactlyElementsOf(numbers(116, 4));
    var all = descriptors.claim(20);
    assertThat(all.isIncomplete()).isTrue();
    all.close();
    assertThat(closed).hasSize(20).doesNotHaveDuplicates();
    descriptors.add(numbers(200, 16), false);
    assertThat(descriptors.claim(16).isIncomplete()).isFalse();
    assertThat(closed).hasSize(20);
  }

  @Test
  void whoPromisesMoreThanHeSendsBreaksTheProtocol() throws MalformedMessage {
    descriptors.add(List.of(10), false);
    assertThatThrownBy(() -> descriptors.claim(2)).isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> descriptors.add(numbers(100, 1100), false))
        .isInstanceOf(MalformedMessage.class);
    descriptors.close();
    assertThat(closed).hasSize(1101).doesNotHaveDuplicates();
  }

  @Test
  void whatThisProcessHasNoRoomForIsNobodysMistake() throws MalformedMessage {
    descriptors.add(List.of(10), true);
    assertThat(descriptors.claim(3).isIncomplete()).isTrue();
    assertThatThrownBy(() -> descriptors.claim(1)).isInstanceOf(MalformedMessage.class);
  }

  private static byte[] call(int count) {
    var writer = new WireWriter();
    var fields =
        new @Nullable Object[] {null, "/p", "a.b", "M", null, null, null, null, "h", count};
    try {
      writer.message(Kind.CALL, (byte) 0, 1, fields, List.of(0));
    } catch (OversizeMessage fault) {
      throw new AssertionError(fault);
    }
    int size = writer.size();
    return Arrays.copyOf(writer.take(), size);
  }

  @Test
  void theyComeOverARealSocketAndNoneIsLeftOpen(@TempDir Path root) throws IOException, FileFault {
    var fixture = new BusFixture(root);
    var path = root.resolve("private").toString();
    var owner = new FakeOwner();
    var calls = new ArrayList<Call>();
    var plan = new PeerListener.Plan(path, "", calls::add, owner, new FakeMessages()::warn);
    var listener = new PeerListener(fixture.transport, plan);
    listener.settle();
    try (var client = DatagramSender.connected(path)) {
      client.sendOn(SD_BUS.getBytes(ISO_8859_1));
      fixture.until(() -> listener.peers().size() == 1);
      long before = BusFixture.openDescriptors();
      client.sendOn(call(1), STDERR);
      client.sendOn(call(2), STDERR, STDERR);
      fixture.until(() -> calls.size() == 2);
      assertThat(BusFixture.openDescriptors()).isEqualTo(before + 3);
      int taken = calls.getFirst().takeDescriptor(calls.getFirst().arguments().getFirst());
      assertThat(taken).isGreaterThan(STDERR);
      calls.forEach(call -> call.answer(""));
      assertThat(BusFixture.openDescriptors()).isEqualTo(before + 1);
      fixture.transport.files.close(taken);
      client.sendOn(call(253), IntStream.generate(() -> STDERR).limit(253).toArray());
      client.sendOn(call(0), STDERR);
      fixture.until(() -> !owner.lost.isEmpty());
      assertThat(calls).as("one has too many, the other has an unknown one").hasSize(3);
      assertThat(BusFixture.openDescriptors()).isEqualTo(before - 1);
    }
    listener.close();
    fixture.turns(3);
    fixture.close();
  }
}
