package org.usersvc.daemon.bus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.render.FailureLine;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.dbus.Errors;

/** The methods that Manager and Service have in common. <b>Loop thread only.</b> */
final class ServiceVerbs {
  /** The most calls that wait at once. */
  static final int MOST_WAITING = 4096;

  /** The methods that are answered when their job is over. */
  private static final Map<String, Verb> AWAITED =
      Map.of(
          "Up", Verb.UP,
          "Down", Verb.DOWN,
          "Start", Verb.START,
          "Stop", Verb.STOP,
          "ForceStop", Verb.FORCE_STOP,
          "Once", Verb.ONCE,
          "Restart", Verb.RESTART,
          "Reload", Verb.RELOAD,
          "Exit", Verb.EXIT);

  private final Operations operations;
  private int waiting;

  ServiceVerbs(Operations operations) {
    this.operations = operations;
  }

  /**
   * Serves one of these methods.
   *
   * @param arguments those of Service: without the name
   */
  void perform(Call call, Commanded service, List<Object> arguments) {
    switch (call.member()) {
      case "Pause" -> command(call, service, Verb.PAUSE, "");
      case "Continue" -> command(call, service, Verb.CONT, "");
      case "Signal" -> {
        String name = (String) arguments.getFirst();
        var signal = Signal.of(name.toUpperCase(Locale.ROOT));
        var verb = signal == null ? null : Verb.ofSignal(signal);
        command(call, service, verb, "no signal " + NativeText.printable(name) + " for services");
      }
      default -> {
        var verb = AWAITED.get(call.member());
        var patience = Duration.ofMillis(((UInt32) arguments.getFirst()).longValue());
        await(call, service, Objects.requireNonNull(verb, call.member()), patience);
      }
    }
  }

  private void command(Call call, Commanded service, @Nullable Verb verb, String noSignal) {
    if (verb == null) {
      call.fail(Errors.NO_SIGNAL, noSignal);
      return;
    }
    operations.ask(service, verb, Duration.ZERO, _ -> call.answer(""));
  }

  private void await(Call call, Commanded service, Verb verb, Duration patience) {
    if (waiting >= MOST_WAITING && !patience.isZero()) {
      call.fail(StandardErrors.LIMITS_EXCEEDED, MOST_WAITING + " callers wait already");
      return;
    }
    new Caller(call).begin(service, verb, patience);
  }

  /** A caller that waits for a service, until it leaves the bus at the latest. */
  private final class Caller {
    private final Call call;
    private Runnable forget = () -> {};

    Caller(Call call) {
      this.call = call;
    }

    void begin(Commanded service, Verb verb, Duration patience) {
      waiting++;
      var cancel =
          operations.ask(
              service,
              verb,
              patience,
              outcome -> {
                end();
                reply(call, service, outcome);
              });
      if (!patience.isZero()) {
        forget = call.link().whenGone(call.sender(), () -> leave(cancel));
      }
    }

    private void leave(Runnable cancel) {
      end();
      cancel.run();
      call.fail(StandardErrors.NO_REPLY, "the caller has left");
    }

    private void end() {
      waiting--;
      forget.run();
    }
  }

  private void reply(Call call, Commanded service, Outcome outcome) {
    var view = service.view();
    String standing = StatusLine.withReason(view);
    switch (outcome) {
      case DONE, WAITS -> call.answer("su", view.state(), new UInt32(view.pid()));
      case TIMED_OUT -> call.fail(Errors.TIMED_OUT, standing);
      case KILLED -> call.fail(Errors.KILLED, standing);
      case FAILED -> call.fail(Errors.FAILED, FailureLine.of(view));
      case GONE -> call.fail(Errors.GONE, standing);
    }
  }
}
