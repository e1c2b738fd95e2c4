package org.usersvc.systemd.socket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.socket.SocketState.Phase;

/** What the effects of a socket unit do to the world around it, and whether they may. */
final class FakeSocketWorld {
  /**
   * What is so.
   *
   * @param asked a request without answer
   */
  record Facts(
      boolean open,
      boolean opening,
      boolean watched,
      boolean armed,
      boolean runs,
      @Nullable Action asked) {
    static final Facts NONE = new Facts(false, false, false, false, false, null);
  }

  private final List<String> breaches = new ArrayList<>();
  private final boolean wasAsked;
  private boolean open;
  private boolean opening;
  private boolean watched;
  private boolean armed;
  private boolean runs;
  private @Nullable Action asked;
  private @Nullable Phase entered;
  private int triggers;

  FakeSocketWorld(Facts facts, SocketEvent event) {
    open = facts.open();
    opening = facts.opening();
    watched = facts.watched();
    armed = facts.armed();
    runs = facts.runs();
    asked = facts.asked();
    wasAsked = event instanceof SocketEvent.StartLimited;
    happen(event);
  }

  private void happen(SocketEvent event) {
    switch (event) {
      case SocketEvent.StartAsked _ -> asked = Action.START;
      case SocketEvent.StopAsked _ -> asked = Action.STOP;
      case SocketEvent.Opened _ -> opening = false;
      case SocketEvent.NotOpened _ -> {
        opening = false;
        open = false;
      }
      case SocketEvent.CommandFailed _, SocketEvent.Exited _ -> runs = false;
      case SocketEvent.TimerFired _ -> armed = false;
      case SocketEvent.StartLimited _, SocketEvent.ResetFailed _ -> {}
      case SocketEvent.CommandStarted _, SocketEvent.Arrived _ -> {}
      case SocketEvent.TriggerRefused _, SocketEvent.ServiceUp _ -> {}
      case SocketEvent.ServiceDown _, SocketEvent.ServiceLimited _ -> {}
    }
  }

  void perform(SocketEffect effect) {
    switch (effect) {
      case SocketEffect.RunCommand _ -> {
        check(!runs, "two commands at once");
        runs = true;
      }
      case SocketEffect.SignalUnit signal -> {
        check(runs, "a signal for nobody");
        check(!signal.signals().isEmpty(), "no signal");
      }
      case SocketEffect.Abandon _ -> {
        check(runs, "nothing to abandon");
        runs = false;
      }
      case SocketEffect.Open _ -> open();
      case SocketEffect.Close _ -> close();
      case SocketEffect.Watch _ -> {
        check(open && !watched, "watched twice, or not open");
        watched = true;
      }
      case SocketEffect.Unwatch _ -> {
        check(watched, "not watched");
        watched = false;
      }
      case SocketEffect.Flush _ -> check(open && !watched, "flushed while it is closed or watched");
      case SocketEffect.Trigger _, SocketEffect.Accept _ -> {
        check(open, "triggered without sockets");
        triggers++;
      }
      case SocketEffect.Arm _ -> armed = true;
      case SocketEffect.Disarm _ -> armed = false;
      case SocketEffect.Entered(var phase) -> entered = phase;
      case SocketEffect.Finished(var request, _) -> answer(request);
      case SocketEffect.Deferred(var request) -> answer(request);
    }
  }

  private void open() {
    check(!open, "opened twice");
    open = true;
    opening = true;
  }

  private void close() {
    check(open && !watched, "closed twice, or watched");
    open = false;
  }

  private void answer(Action request) {
    check(request == asked || wasAsked, "answers what nobody asks");
    asked = null;
  }

  /** Compares the state with the world. */
  void review(SocketState before, SocketState now) {
    var phase = now.phase();
    check(open == now.isOpen(), "open is another thing");
    check(runs == (now.control() != null), "a command more or less");
    check(watched == (phase == Phase.LISTENING), "watched in another phase");
    check(entered == null ? phase == before.phase() : entered == phase, "phase not shown");
    check(triggers <= 1, "triggered twice");
    if (phase.active().isInactiveOrFailed()) {
      check(!open && !runs && !armed && asked == null, "down, but something goes on");
      boolean failed = now.result() != SocketResult.SUCCESS;
      check(failed == (phase == Phase.FAILED), "failed without a failure, or the reverse");
    }
    if (phase.active().isActive()) {
      check(open && !runs && !armed && asked != Action.START, "active, but not idle");
    }
    boolean waits =
        switch (phase) {
          case START_PRE, START_POST, STOP_PRE, STOP_POST -> true;
          case STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, FINAL_SIGTERM, FINAL_SIGKILL -> true;
          case DEAD, START_OPEN, LISTENING, RUNNING, FAILED -> false;
        };
    check(waits == armed, "a bound too much or too few");
  }

  private void check(boolean holds, String breach) {
    if (!holds) {
      breaches.add(breach);
    }
  }

  List<String> breaches() {
    return breaches;
  }

  Facts facts() {
    return new Facts(open, opening, watched, armed, runs, asked);
  }
}
