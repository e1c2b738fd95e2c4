package org.usersvc.systemd.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.Stamps.Stamp;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.manage.UnitHistory;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;

/** The parts of records that units of all types have, and jobs. */
final class RecordTexts {
  private static final String NONE = "-";
  private static final int STAMPS = 5;

  private RecordTexts() {}

  static void write(UnitHistory history, Fields to) {
    var stamps = history.stamps();
    var all =
        List.of(
            stamps.inactiveExit(),
            stamps.activeEnter(),
            stamps.activeExit(),
            stamps.inactiveEnter(),
            stamps.stateChange());
    to.put("invocation", history.invocation());
    to.putAll("stamps", all.stream().map(stamp -> stamp.map(Stamp::text).orElse(NONE)).toList());
    to.put("startsBegan", history.startsBegan()).put("starts", history.starts());
  }

  static UnitHistory readHistory(Fields from) throws RecordFault {
    var words = from.words("stamps");
    if (words.size() != STAMPS) {
      throw new RecordFault("lacks moments");
    }
    var stamps = new ArrayList<Optional<Stamp>>();
    for (var word : words) {
      stamps.add(word.equals(NONE) ? Optional.empty() : Optional.of(Stamp.parse(word)));
    }
    return new UnitHistory(
        from.text("invocation"),
        new Stamps(stamps.get(0), stamps.get(1), stamps.get(2), stamps.get(3), stamps.get(4)),
        from.number("startsBegan"),
        (int) from.number("starts"));
  }

  static Fields of(Job job) {
    return new Fields()
        .put("unit", job.unit())
        .put("type", job.type())
        .put("state", job.state())
        .put("irreversible", job.irreversible())
        .put("ignoresOrder", job.ignoresOrder());
  }

  static Job readJob(int id, Fields from) throws RecordFault {
    return new Job(
        id,
        name(from.text("unit")),
        from.constant(JobType.class, "type"),
        from.constant(JobState.class, "state"),
        Boolean.parseBoolean(from.text("irreversible")),
        Boolean.parseBoolean(from.text("ignoresOrder")));
  }

  static UnitName name(String text) throws RecordFault {
    return UnitName.parse(text).orElseThrow(() -> new RecordFault("names no unit"));
  }
}
