package org.usersvc.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComplaintsTest {
  private final List<String> said = new ArrayList<>();
  private final Complaints complaints = new Complaints(said::add);

  private void log(String service, String message) {
    complaints.log(service, Assignments.read(message, 0));
  }

  @Test
  void eachServiceIsToldOfOnce() {
    log("web", "READY=1");
    log("web", "READY=2");
    log("web", "ERRNO=x");
    log("db", "ERRNO=x");
    assertThat(said)
        .containsExactly(
            "web: notify message: READY=2: only 1 has a meaning, ignoring it",
            "db: notify message: ERRNO=x: an error number from 0 to 4095 is expected, ignoring it");
  }

  @Test
  void aServiceThatCameBackIsToldOfAgain() {
    log("web", "READY=2");
    complaints.forget("web");
    log("web", "READY=2");
    assertThat(said).hasSize(2);
  }
}
