package org.usersvc.systemd.record;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.Progress;
import org.usersvc.systemd.service.Request;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.service.ServiceState;
import org.usersvc.systemd.service.ServiceState.Fact;

/**
 * The state of a service in a record: {@code phase} (its word and the index of its command), {@code
 * main} and {@code control} (a pid, or {@code ordered}), {@code mainStatus} (code, signal, core),
 * {@code result}, {@code said}, {@code facts}, {@code request} and {@code restarts}.
 */
public final class ServiceStateText {
  private static final String ORDERED = "ordered";
  private static final int STATUS_PARTS = 3;

  private ServiceStateText() {}

  /** Writes a state. */
  public static void write(ServiceState state, Fields to) {
    var phase = state.phase();
    to.put("phase", phase.command() < 0 ? phase.word() : phase.word() + " " + phase.command());
    to.putIfAny("main", text(state.main()));
    to.putIfAny("control", text(state.control()));
    to.putIfAny("mainStatus", state.mainStatus() == null ? null : text(state.mainStatus()));
    to.put("result", state.result());
    to.put("said", state.said());
    var facts = EnumSet.noneOf(Fact.class);
    facts.addAll(state.facts());
    to.putAll("facts", facts.stream().map(fact -> fact.name().toLowerCase(Locale.ROOT)).toList());
    to.putIfAny("request", state.request());
    to.put("restarts", state.restarts());
  }

  private static @Nullable String text(@Nullable Child child) {
    return switch (child) {
      case Child.Alive(int pid) -> Integer.toString(pid);
      case Child.Ordered _ -> ORDERED;
      case null -> null;
    };
  }

  /** The text of an exit status. */
  public static String text(ExitStatus status) {
    return status.code() + " " + status.signal() + " " + (status.core() ? 1 : 0);
  }

  /**
   * Reads a state.
   *
   * @throws RecordFault if it is damaged
   */
  public static ServiceState read(Fields from) throws RecordFault {
    var facts = new ArrayList<Fact>();
    for (var word : from.words("facts")) {
      facts.add(Fields.constant(Fact.class, "fact", word));
    }
    return new ServiceState(
        phase(from.words("phase")),
        child("main", from),
        child("control", from),
        from.find("mainStatus").isEmpty() ? null : status(from.text("mainStatus")),
        from.constant(ServiceResult.class, "result"),
        from.constant(Progress.class, "said"),
        facts.isEmpty() ? EnumSet.noneOf(Fact.class) : EnumSet.copyOf(facts),
        from.find("request").isEmpty() ? null : from.constant(Request.class, "request"),
        Math.toIntExact(from.number("restarts")));
  }

  private static Phase phase(List<String> words) throws RecordFault {
    int command = words.size() < 2 ? 0 : (int) Fields.number("phase", words.get(1));
    return phase(words.isEmpty() ? "" : words.getFirst(), Math.max(0, command));
  }

  private static Phase phase(String word, int command) throws RecordFault {
    return switch (word) {
      case "dead" -> new Phase.Dead();
      case "failed" -> new Phase.Failed();
      case "dead-before-auto-restart" -> new Phase.DeadBeforeAutoRestart();
      case "failed-before-auto-restart" -> new Phase.FailedBeforeAutoRestart();
      case "auto-restart" -> new Phase.AutoRestart();
      case "auto-restart-queued" -> new Phase.AutoRestartQueued();
      case "condition" -> new Phase.Condition(command);
      case "start-pre" -> new Phase.StartPre(command);
      case "start" -> new Phase.Start(command);
      case "start-post" -> new Phase.StartPost(command);
      case "running" -> new Phase.Running();
      case "exited" -> new Phase.Exited();
      case "reload" -> new Phase.Reload(command);
      case "reload-signal" -> new Phase.ReloadSignal();
      case "reload-notify" -> new Phase.ReloadNotify();
      case "reload-post" -> new Phase.ReloadPost(command);
      case "stop" -> new Phase.Stop(command);
      case "stop-post" -> new Phase.StopPost(command);
      case "stop-watchdog" -> new Phase.StopWatchdog();
      case "stop-sigterm" -> new Phase.StopSigterm();
      case "stop-sigkill" -> new Phase.StopSigkill();
      case "final-watchdog" -> new Phase.FinalWatchdog();
      case "final-sigterm" -> new Phase.FinalSigterm();
      case "final-sigkill" -> new Phase.FinalSigkill();
      default -> throw new RecordFault("has an unknown phase");
    };
  }

  private static @Nullable Child child(String name, Fields from) throws RecordFault {
    var value = from.find(name);
    if (value.isEmpty()) {
      return null;
    }
    return value.equals(Optional.of(ORDERED))
        ? new Child.Ordered()
        : new Child.Alive((int) from.number(name));
  }

  /**
   * The exit status that a text is.
   *
   * @throws RecordFault if it is none
   */
  public static ExitStatus status(String text) throws RecordFault {
    var parts = text.split(" ", -1);
    if (parts.length != STATUS_PARTS) {
      throw new RecordFault("has a damaged exit status");
    }
    return new ExitStatus(
        (int) Fields.number("exit status", parts[0]),
        (int) Fields.number("exit status", parts[1]),
        parts[2].equals("1"));
  }
}
