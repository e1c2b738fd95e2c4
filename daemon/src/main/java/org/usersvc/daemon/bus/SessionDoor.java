package org.usersvc.daemon.bus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.wire.Call;

/** What callers can do with sessions and the environment. <b>Loop thread only.</b> */
public interface SessionDoor {
  /**
   * A session as callers see it. Texts are native text.
   *
   * @param id no two sessions of a daemon have the same
   * @param kind wayland, x11 or tty
   * @param leader the process whose end ends it, 0 if it has none
   * @param bus the address of its bus, or empty
   */
  record Session(
      int id,
      String name,
      String kind,
      int leader,
      String bus,
      Map<String, String> variables,
      Instant since) {}

  /** How a registration went. */
  sealed interface Outcome {
    record Registered(int id) implements Outcome {}

    /**
     * It was refused.
     *
     * @param errorName {@code org.usersvc1.Error.NoLeader}
     */
    record Refused(String errorName, String text) implements Outcome {}
  }

  /**
   * Registers a session or updates that of the same leader.
   *
   * @param options without their variants: String, Boolean, UInt32
   * @param call where it came from; it is answered by whom {@code answer} tells
   * @param answer called once, on the loop, perhaps before this returns
   */
  void register(
      Map<String, String> variables,
      Map<String, Object> options,
      Call call,
      Consumer<Outcome> answer);

  /** Ends a session; false if there is none of that id. */
  boolean unregister(int id);

  /** The living sessions, oldest first. */
  List<Session> list();

  /** What services that start now are given. */
  Map<String, String> environment();

  /** Sets variables that belong to no session; null if it was done. */
  Outcome.@Nullable Refused setEnvironment(Map<String, String> variables);

  /**
   * Removes variables from the caller's session, and from what belongs to none.
   *
   * @param done told once, on the loop, perhaps before this returns; null if it was done
   */
  void unsetEnvironment(List<String> names, Call call, Consumer<Outcome.@Nullable Refused> done);
}
