package org.usersvc.daemon.supervise;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.state.RecordedProcess.Living;
import org.usersvc.daemon.state.RecordedProcess.Past;

/** The record of a process for the next daemon. <b>Loop thread only.</b> */
public final class ProcessSnapshot {
  private ProcessSnapshot() {}

  /**
   * Takes it.
   *
   * @param before the last one; a process in it that still lives is not looked up again
   */
  public static RecordedProcess of(
      ServiceProcess process, @Nullable RecordedProcess before, Platform platform) {
    return new RecordedProcess(
        process.key(),
        process.nativeName(),
        process.state(),
        living(process, before, platform),
        past(process, platform),
        process.parts().letters().waiting(),
        needs(process));
  }

  private static Living living(
      ServiceProcess process, @Nullable RecordedProcess before, Platform platform) {
    var parts = process.parts();
    int script = process.state().script() == null ? 0 : parts.performer().scripts().pid();
    boolean same = before != null && before.past().starts() == process.history().starts();
    var old = same && before != null ? before.living() : null;
    int pid = process.state().phase().pidOrZero();
    boolean known = old != null && old.process().pid() == pid;
    return new Living(
        known && old != null ? old.process() : ProcessIdentity.of(platform.files(), pid),
        ProcessIdentity.of(platform.files(), script),
        parts.group().leader());
  }

  private static Past past(ServiceProcess process, Platform platform) {
    var history = process.history();
    var left = process.untilRestart();
    @Nullable Instant restartAt = left == null ? null : platform.loop().clock().wall().plus(left);
    return new Past(
        history.since(),
        history.started(),
        history.starts(),
        history.deaths(),
        history.lastExit(),
        restartAt,
        history.elapsing());
  }

  private static Map<String, @Nullable String> needs(ServiceProcess process) {
    var given = process.environmentGiven();
    var needs = new LinkedHashMap<String, @Nullable String>();
    process.view().needed().forEach(name -> needs.put(name, given.value(name)));
    return needs;
  }
}
