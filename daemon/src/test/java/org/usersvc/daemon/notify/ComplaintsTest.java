package org.usersvc.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComplaintsTest {
  private final List<String> said = new ArrayList<>();
  private final Complaints complaints = new Complaints(said::add);

  private void tell(String service, String message) {
    complaints.tell(service, Assignments.read(message, 0));
  }

  @Test
  void eachServiceIsToldOfOnce() {
    tell("web", "READY=1");
    tell("web", "READY=2");
    tell("web", "ERRNO=x");
    tell("db", "ERRNO=x");
    assertThat(said)
        .containsExactly(
            "web: notify message: READY=2: only 1 has a meaning, ignoring it",
            "db: notify message: ERRNO=x: an error number from 0 to 4095 is expected, ignoring it");
  }

  @Test
  void aServiceThatCameBackIsToldOfAgain() {
    tell("web", "READY=2");
    complaints.forget("web");
    tell("web", "READY=2");
    assertThat(said).hasSize(2);
  }
}
