package org.usersvc.systemd.elapse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.timer.LastTrigger;
import org.usersvc.systemd.timer.Moment;
import org.usersvc.systemd.timer.Plan;
import org.usersvc.systemd.timer.TimerResult;
import org.usersvc.systemd.timer.TimerState;

/** The state of a timer as the fields of a record. */
final class TimerText {
  private static final String SINCE = "since";

  private TimerText() {}

  static void write(TimerState state, Fields to) {
    to.put("phase", state.phase())
        .put("result", state.result())
        .put(SINCE, wall(state.since().wall()))
        .put("sinceNanos", state.since().nanos())
        .put("spentUntil", state.spentUntil())
        .put("chance", state.chance().toNanos());
    state.last().wall().ifPresent(at -> to.put("last", wall(at)));
    state.last().nanos().ifPresent(at -> to.put("lastNanos", at));
    state.plan().wall().ifPresent(at -> to.put("next", wall(at)));
    state.plan().nanos().ifPresent(at -> to.put("nextNanos", at));
    to.putAll("each", state.plan().each().stream().map(Object::toString).toList());
  }

  private static String wall(Instant moment) {
    return moment.getEpochSecond() + ":" + moment.getNano();
  }

  static TimerState read(Fields from) throws RecordFault {
    return new TimerState(
        from.constant(TimerState.Phase.class, "phase"),
        from.constant(TimerResult.class, "result"),
        new Moment(wall(SINCE, from.text(SINCE)), from.number("sinceNanos")),
        new LastTrigger(wall("last", from), nanos("lastNanos", from)),
        from.number("spentUntil"),
        Duration.ofNanos(from.number("chance")),
        new Plan(wall("next", from), nanos("nextNanos", from), each(from)));
  }

  private static Instant wall(String name, String text) throws RecordFault {
    var parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new RecordFault("has a damaged moment");
    }
    return Instant.ofEpochSecond(Fields.number(name, parts[0]), Fields.number(name, parts[1]));
  }

  private static Optional<Instant> wall(String name, Fields from) throws RecordFault {
    var text = from.find(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(wall(name, text.get()));
  }

  private static OptionalLong nanos(String name, Fields from) throws RecordFault {
    return from.find(name).isEmpty() ? OptionalLong.empty() : OptionalLong.of(from.number(name));
  }

  private static List<Long> each(Fields from) throws RecordFault {
    var all = new ArrayList<Long>();
    for (String word : from.words("each")) {
      all.add(Fields.number("each", word));
    }
    return all;
  }
}
