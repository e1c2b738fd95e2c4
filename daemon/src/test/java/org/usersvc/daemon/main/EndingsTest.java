package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndingsTest {
  private final List<String> ended = new ArrayList<>();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final Endings endings = new Endings(bugs::add);

  private void add(String name, boolean fails) {
    endings.add(() -> {
      ended.add(name);
      if (fails) {
        throw new IllegalStateException(name);
      }
    });
  }

  @Test
  void whatHasBegunLastEndsFirst() {
    add("log", false);
    add("socket", false);
    endings.run();
    assertThat(ended).containsExactly("socket", "log");
    endings.run();
    assertThat(ended).as("once").hasSize(2);
  }

  @Test
  void oneThatFailsKeepsNoOtherFromItsEndAndAllFailuresAreTold() {
    add("log", false);
    add("keeper", true);
    add("socket", false);
    add("buses", true);
    endings.run();
    assertThat(ended).containsExactly("buses", "socket", "keeper", "log");
    assertThat(bugs).extracting(RuntimeException::getMessage).containsExactly("buses", "keeper");
  }
}
