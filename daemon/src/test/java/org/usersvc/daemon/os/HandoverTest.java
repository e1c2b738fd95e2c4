package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.os.Handover.Asker;

final class HandoverTest {
  private static final Handover FULL =
      new Handover(
          812,
          1024,
          -5_000_000_000L,
          List.of(4, 5, 17, 20_000),
          List.of(new Asker(17, true), new Asker(20_000, false)));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Handover.parse(FULL.encode())).isEqualTo(FULL);
    var empty = new Handover(1, 0, 0, List.of(), List.of());
    assertThat(Handover.parse(empty.encode())).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n\n\n", "usersvc-handover 2\n1 2 3\n\n\n", "1 2\n4\n5\n\n\n"})
  void anotherTextIsNone(String text) {
    assertThat(Handover.parse(text)).isNull();
    assertThat(Handover.parse("usersvc-handover 1\n" + text)).isNull();
  }

  @Test
  void aNumberThatIsNoMemoryOfOursIsNotTouched() {
    assertThat(Handover.received(FakeEnvironment.of("USERSVC_HANDOVER=0"))).isNull();
    assertThat(Handover.received(FakeEnvironment.of("USERSVC_HANDOVER=999999"))).isNull();
    assertThat(Handover.received(FakeEnvironment.of("USERSVC_HANDOVER=../1"))).isNull();
    assertThat(Handover.received(FakeEnvironment.of("HOME=/"))).isNull();
  }

  @Test
  void nobodyElseSeesTheVariable() {
    var environment = FakeEnvironment.of("USERSVC_HANDOVER=7", "HOME=/");
    assertThat(Handover.cleaned(environment)).isEqualTo(FakeEnvironment.of("HOME=/"));
  }
}
