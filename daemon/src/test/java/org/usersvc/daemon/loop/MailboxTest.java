package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private final FakePoller poller = FakePoller.ofNamed();
  private final Mailbox mailbox = new Mailbox(poller);
  private final List<Integer> done = new ArrayList<>();

  private void postForEver(int number) {
    done.add(number);
    mailbox.post(() -> postForEver(number + 1));
  }

  @Test
  void whoPostsWithoutEndDoesNotKeepTheTurnFromEnding() {
    mailbox.post(() -> postForEver(1));
    mailbox.drainTo(Runnable::run, () -> true);
    assertThat(done).containsExactly(1);
    mailbox.drainTo(Runnable::run, () -> true);
    assertThat(done).containsExactly(1, 2);
    assertThat(poller.wakes()).as("each post has the loop turn again").isEqualTo(3);
  }

  @Test
  void whatIsLeftWhenTheTimeIsOverWakesTheNextTurn() {
    for (int i = 1; i <= 3; i++) {
      int number = i;
      mailbox.post(() -> done.add(number));
    }
    mailbox.drainTo(Runnable::run, () -> done.size() < 2);
    assertThat(done).containsExactly(1, 2);
    assertThat(poller.wakes()).isEqualTo(4);
    mailbox.drainTo(Runnable::run, () -> false);
    assertThat(done).containsExactly(1, 2, 3);
    assertThat(poller.wakes()).isEqualTo(4);
  }
}
