package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Backoff;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.ScanNames;

/** Directories that cannot be opened now; each is tried again. <b>Loop thread only.</b> */
final class Refusals {
  private static final Duration AFTER_EXIT = Duration.ofSeconds(1);

  private final Map<ServiceId, Refused> refused = new LinkedHashMap<>();
  private final Platform platform;
  private final Consumer<ServiceId> again;

  private record Refused(String reason, int times, boolean heldBack, Timers.Armed retry) {}

  /**
   * Begins with none.
   *
   * @param again tries to open a directory
   */
  Refusals(Platform platform, Consumer<ServiceId> again) {
    this.platform = platform;
    this.again = again;
  }

  List<ServiceId> all() {
    return List.copyOf(refused.keySet());
  }

  /** Tries the refused directories again, but not those that are held back. */
  void tryAgain() {
    refused.forEach((id, refusal) -> {
      if (!refusal.heldBack()) {
        again.accept(id);
      }
    });
  }

  /** The reasons by the first name of each service; one that was told to exit has none. */
  Map<String, String> reasons(ScanNames names) {
    var reasons = new TreeMap<String, String>();
    refused.forEach((id, refusal) -> {
      var all = names.of(id);
      if (!refusal.heldBack() && !all.isEmpty()) {
        reasons.put(all.getFirst(), refusal.reason());
      }
    });
    return reasons;
  }

  @Nullable String reason(ServiceId id) {
    var found = refused.get(id);
    return found == null ? null : found.reason();
  }

  /** A directory could not be opened: logs the reason once, and tries again ever later. */
  void add(ServiceId id, String name, String reason) {
    var before = refused.get(id);
    int times = before == null ? 1 : Math.min(before.times() + 1, Backoff.MAX_DEATHS);
    if (before == null || !before.reason().equals(reason)) {
      platform.messages().warn(NativeText.printable(name) + ": " + reason);
    }
    retryAfter(Backoff.delay(times), id, reason, times, false);
  }

  /** A service that has ended is opened again; after a while if the command was exit. */
  void holdBack(ServiceRecord service) {
    boolean exited = service.main().state().wanted() == Wanted.EXIT;
    retryAfter(exited ? AFTER_EXIT : Duration.ZERO, service.id(), "was told to exit", 0, true);
  }

  private void retryAfter(
      Duration delay, ServiceId id, String reason, int times, boolean heldBack) {
    forget(id);
    var retry = platform.loop().timers().after(delay, () -> again.accept(id));
    refused.put(id, new Refused(reason, times, heldBack, retry));
  }

  void forget(ServiceId id) {
    var refusal = refused.remove(id);
    if (refusal != null) {
      refusal.retry().cancel();
    }
  }
}
