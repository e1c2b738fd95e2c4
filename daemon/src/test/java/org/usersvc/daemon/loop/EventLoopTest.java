package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.loop.FakePoller.Interest;

final class EventLoopTest {
  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofNamed();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);

  private Runnable does(String what) {
    return () -> done.add(what);
  }

  private Runnable fails(String what) {
    return () -> {
      done.add(what);
      throw new IllegalArgumentException(what);
    };
  }

  private void turn() {
    loop.runOneTurn(true);
  }

  @Test
  void aTurnServesDescriptorsThenTimersThenMailThenWhatWasPutOffThenItsEnd() {
    loop.at(TurnEnd.SEND, does("end"));
    loop.soon(does("soon"));
    loop.mailbox().post(does("mail"));
    loop.timers().after(Duration.ZERO, does("timer"));
    loop.onReadable(5, does("descriptor 5"));
    loop.onReadable(200, does("descriptor 200"));
    poller.ready(200, 5);
    turn();
    assertThat(done)
        .containsExactly("descriptor 200", "descriptor 5", "timer", "mail", "soon", "end");
  }

  @Test
  void whatEndsATurnGoesByItsStageWhoeverHasComeFirst() {
    loop.at(TurnEnd.SEND, does("send"));
    loop.at(TurnEnd.LEAVE, does("leave"));
    loop.at(TurnEnd.SIGNAL, does("tell"));
    loop.at(TurnEnd.SHOW, does("show"));
    loop.at(TurnEnd.SHOW, does("show more"));
    loop.at(TurnEnd.RECORD, does("record"));
    loop.soon(() -> {});
    turn();
    assertThat(done).containsExactly("record", "show", "show more", "tell", "send", "leave");
  }

  @Test
  void aBugStopsNoOtherAction() {
    loop.at(TurnEnd.SEND, fails("end 1"));
    loop.at(TurnEnd.SEND, does("end 2"));
    loop.soon(fails("soon 1"));
    loop.soon(does("soon 2"));
    loop.timers().after(Duration.ZERO, fails("timer 1"));
    loop.timers().after(Duration.ofNanos(1), does("timer 2"));
    clock.advance(Duration.ofNanos(1));
    loop.onReadable(5, fails("descriptor 5"));
    loop.onReadable(6, does("descriptor 6"));
    poller.ready(5, 6);
    turn();
    assertThat(done)
        .containsExactly(
            "descriptor 5",
            "descriptor 6",
            "timer 1",
            "timer 2",
            "soon 1",
            "soon 2",
            "end 1",
            "end 2");
    assertThat(bugs)
        .extracting(RuntimeException::getMessage)
        .containsExactly("descriptor 5", "timer 1", "soon 1", "end 1");
  }

  @Test
  void whatFollowsFromAnActionIsDoneBeforeTheNext() {
    var following = new ArrayDeque<Runnable>();
    loop.followEach(following::poll);
    loop.soon(() -> {
      following.add(fails("follows 1"));
      following.add(() -> following.add(does("follows 3")));
      following.add(does("follows 2"));
      done.add("soon 1");
    });
    loop.soon(does("soon 2"));
    turn();
    assertThat(done).containsExactly("soon 1", "follows 1", "follows 2", "follows 3", "soon 2");
    assertThat(bugs).hasSize(1);
  }

  @Test
  void aBugInACommandDoesNotKeepBackTheNextOne() {
    loop.mailbox().post(fails("mail 1"));
    loop.mailbox().post(does("mail 2"));
    turn();
    assertThat(done).containsExactly("mail 1", "mail 2");
    assertThat(bugs).hasSize(1);
  }

  @Test
  void aTurnDoesNotSleepWhileWorkIsPutOff() {
    loop.timers().after(Duration.ofSeconds(3), () -> {});
    loop.soon(() -> loop.soon(does("second")));
    turn();
    assertThat(done).as("what is put off meanwhile comes in the next turn").isEmpty();
    turn();
    assertThat(done).containsExactly("second");
    turn();
    assertThat(poller.timeouts()).containsExactly(0, 0, 3000);
  }

  @Test
  void aTurnThatHasSomethingToEndDoesNotSleep() {
    loop.stayAwake();
    turn();
    turn();
    assertThat(poller.timeouts()).containsExactly(0, -1);
  }

  @Test
  void aTurnSleepsForeverOnlyWithoutTimers() {
    turn();
    loop.runOneTurn(false);
    assertThat(poller.timeouts()).containsExactly(-1, 0);
  }

  @Test
  void aPostWakesTheLoop() {
    loop.mailbox().post(() -> {});
    assertThat(poller.wakes()).isOne();
  }

  @Test
  void commandsRunInPostingOrder() {
    loop.mailbox().post(does("1"));
    loop.mailbox().post(does("2"));
    loop.mailbox().post(does("3"));
    turn();
    assertThat(done).containsExactly("1", "2", "3");
  }

  @Test
  void aForgottenDescriptorIsNotServedEvenInTheSameTurn() {
    loop.onReadable(5, () -> loop.forget(6));
    loop.onReadable(6, does("forgotten"));
    poller.ready(5, 6);
    turn();
    assertThat(done).isEmpty();
    assertThat(poller.watched()).containsOnlyKeys(5);
  }

  @Test
  void interestReachesThePoller() {
    loop.onReadable(5, () -> {});
    loop.interest(5, false, true);
    assertThat(poller.watched()).containsEntry(5, new Interest(false, true));
  }

  @Test
  void runTurnsUntilStopped() {
    loop.soon(() ->
        loop.soon(() -> {
          done.add("last");
          loop.stop();
        }));
    loop.run();
    assertThat(done).containsExactly("last");
    assertThat(poller.timeouts()).hasSize(2);
  }

  @Test
  void manyTimersThatAreDueAtOnceLeaveTimeForOthers() {
    for (int i = 0; i < 3000; i++) {
      loop.timers().after(Duration.ZERO, does("timer"));
    }
    turn();
    assertThat(done).hasSize(1024);
    turn();
    turn();
    assertThat(done).hasSize(3000);
    assertThat(poller.timeouts()).containsExactly(0, 0, 0);
  }
}
