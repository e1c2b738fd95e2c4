package org.usersvc.daemon.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/** The living sessions, oldest first. <b>Loop thread only.</b> */
public final class SessionTable {
  /** How many sessions there can be at once. */
  public static final int MOST = 64;

  private final Map<Integer, Session> sessions = new LinkedHashMap<>();
  private int lastId;

  /** The id for the next new session. */
  public int nextId() {
    return ++lastId;
  }

  /** The highest id that a session has had. */
  public int lastId() {
    return lastId;
  }

  /** Later sessions get higher ids than this one. */
  public void skipTo(int id) {
    lastId = Math.max(lastId, id);
  }

  public boolean isFull() {
    return sessions.size() >= MOST;
  }

  /** Adds a session, or replaces the one of its id, which keeps its place. */
  public void put(Session session) {
    sessions.put(session.id(), session);
  }

  public void remove(int id) {
    sessions.remove(id);
  }

  public @Nullable Session find(int id) {
    return sessions.get(id);
  }

  /** The session of that leader. */
  public @Nullable Session ofLeader(int pid) {
    return sessions.values().stream()
        .filter(session -> session.leader().pid() == pid)
        .findFirst()
        .orElse(null);
  }

  public List<Session> all() {
    return List.copyOf(sessions.values());
  }

  /** Their combined variables; see {@link Precedence}. */
  public Environment variables() {
    return together(all());
  }

  /**
   * The combined variables of some sessions.
   *
   * @param sessions oldest first
   */
  public static Environment together(List<Session> sessions) {
    return new Precedence(sessions).variables();
  }
}
