package org.usersvc.daemon.bus;

import java.util.List;
import java.util.function.IntConsumer;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.extension.Desktops;
import org.usersvc.daemon.session.Session;

/** The desktops among the sessions. */
record SessionDesktops(Sessions sessions) implements Desktops {
  @Override
  public List<Desktop> all() {
    return sessions.all().stream()
        .filter(SessionDesktops::isDesktop)
        .map(session -> new Desktop(session.id(), session.leader().pid()))
        .toList();
  }

  private static boolean isDesktop(Session session) {
    return session.isGraphical() && !session.isRemote() && session.standing().outer() == 0;
  }

  @Override
  public boolean lives(int session) {
    return sessions.find(session) != null;
  }

  @Override
  public void onChange(Runnable action) {
    sessions.onChange(action);
  }

  @Override
  public void onGraphical(IntConsumer action) {
    sessions.onGraphical(action);
  }
}
