package org.usersvc.systemd.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.engine.ServiceController.Main;
import org.usersvc.systemd.engine.Stamps.Stamp;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.record.ServiceStateText;
import org.usersvc.systemd.service.ServiceEvent;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.unit.ServiceType;

/** Remembers the last main process of a service. <b>Loop thread only.</b> */
final class MainRecord {
  private final Clock clock;
  private @Nullable Main last;

  MainRecord(Clock clock) {
    this.clock = clock;
  }

  Optional<Main> last() {
    return Optional.ofNullable(last);
  }

  /** The main process is that one now; 0: there is none. */
  void is(int pid) {
    boolean same = last != null && last.pid() == pid && last.ended().isEmpty();
    if (pid != 0 && !same) {
      last = Main.began(pid, Stamp.of(clock));
    }
  }

  /** Remembers how a main process has ended, which the machine does not. */
  void note(ServiceEvent event, int pid, ServiceType type) {
    if (event instanceof ServiceEvent.Exited(int ended, var status) && ended == pid) {
      ended(status);
    } else if (event instanceof ServiceEvent.CommandFailed(var step, var status)
        && Slot.of(step, type) == Slot.MAIN) {
      failed(status);
    }
  }

  /** The main process has ended. */
  private void ended(ExitStatus status) {
    if (last != null) {
      last = last.ended(Stamp.of(clock), status);
    }
  }

  /** Writes it. */
  void record(Fields to) {
    if (last != null) {
      to.put("lastMain", last.pid()).put("lastMainBegan", last.began().text());
      to.putIfAny("lastMainEnded", last.ended().map(Stamp::text).orElse(null));
      to.putIfAny("lastMainStatus", last.status().map(ServiceStateText::text).orElse(null));
    }
  }

  /** The last main process that an earlier daemon has written down. */
  static @Nullable Main read(Fields from) throws RecordFault {
    if (from.find("lastMain").isEmpty()) {
      return null;
    }
    var ended = from.find("lastMainEnded");
    var status = from.find("lastMainStatus");
    return new Main(
        (int) from.number("lastMain"),
        Stamp.parse(from.text("lastMainBegan")),
        ended.isEmpty() ? Optional.empty() : Optional.of(Stamp.parse(ended.get())),
        status.isEmpty() ? Optional.empty() : Optional.of(ServiceStateText.status(status.get())));
  }

  /** Goes on with that one. */
  void resume(@Nullable Main main) {
    last = main;
  }

  /** The main process could not be executed. */
  private void failed(ExitStatus status) {
    var now = Stamp.of(clock);
    last = Main.began(0, now).ended(now, status);
  }
}
