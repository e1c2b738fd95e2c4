package org.usersvc.daemon.extension;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.daemon.notify.NotifySocket;

/** Places of units without files: a test sends the notifications. */
public final class FakePlaces implements UnitPlaces {
  private static final int FIRST_PIPE = 6000;

  private final Map<String, ServiceId> identities = new LinkedHashMap<>();
  private final Map<String, Integer> logs = new LinkedHashMap<>();
  private final Map<String, NotifySocket.Taker> takers = new LinkedHashMap<>();
  private final Map<String, List<String>> written = new LinkedHashMap<>();
  private int pipes;
  private boolean settled;

  @Override
  public ServiceId identity(String unit) {
    return identities.computeIfAbsent(unit, _ -> new ServiceId(7, identities.size() + 1L));
  }

  @Override
  public Log log(String unit, LogFormat format) {
    int pipe = FIRST_PIPE + pipes++;
    logs.put(unit, pipe);
    return new Log() {
      @Override
      public int descriptor() {
        return pipe;
      }

      @Override
      public void end(Runnable then) {
        logs.remove(unit, pipe);
        then.run();
      }
    };
  }

  @Override
  public void lastLines(String name, int lines, Consumer<List<String>> taker) {
    var all = written.getOrDefault(name, List.of());
    taker.accept(all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  @Override
  public Notifications notifications(String unit, NotifySocket.Taker taker) {
    takers.put(unit, taker);
    return new Notifications() {
      @Override
      public String path() {
        return "/run/notify/" + unit;
      }

      @Override
      public void close() {
        takers.remove(unit, taker);
      }
    };
  }

  @Override
  public List<String> left() {
    return List.copyOf(identities.keySet());
  }

  @Override
  public void settle() {
    settled = true;
  }

  /** Whether what no unit has taken up was removed. */
  public boolean isSettled() {
    return settled;
  }

  /** The units with an open log. */
  public List<String> logs() {
    return List.copyOf(logs.keySet());
  }

  /** The units that listen for notifications. */
  public List<String> listening() {
    return List.copyOf(takers.keySet());
  }

  /** What is in the log of that name. */
  public void write(String name, List<String> lines) {
    written.put(name, List.copyOf(lines));
  }

  /** A process sends a message to a unit, as the text of sd_notify(3). */
  public void send(String unit, int pid, String message) {
    var taker = takers.get(unit);
    if (taker != null) {
      taker.notified(pid, Notification.parse(message));
    }
  }
}
