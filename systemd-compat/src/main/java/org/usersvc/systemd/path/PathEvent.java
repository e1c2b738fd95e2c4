package org.usersvc.systemd.path;

/** Something that happens to one path unit. */
public sealed interface PathEvent {
  /**
   * A job asks for a start.
   *
   * @param impossible whether the unit to be started is not loaded
   */
  record StartAsked(boolean impossible) implements PathEvent {}

  /** A start comes too soon after too many others. */
  record StartLimited() implements PathEvent {}

  /** A job asks for a stop. */
  record StopAsked() implements PathEvent {}

  /** A client asks to forget a failure. */
  record ResetFailed() implements PathEvent {}

  /**
   * The paths were looked at.
   *
   * @param sight what was seen
   */
  record Looked(Sight sight) implements PathEvent {}

  /** The unit cannot be started. */
  record TriggerRefused() implements PathEvent {}

  /** The unit is up, or on its way up or down, and no job is to change that. */
  record UnitUp() implements PathEvent {}

  /** The unit is down, and no job is to change that. */
  record UnitDown() implements PathEvent {}

  /** The unit failed, as it was started too often. */
  record UnitLimited() implements PathEvent {}

  /** The file of the path unit was read anew. */
  record Reread() implements PathEvent {}

  /** What the paths say. */
  enum Sight {
    /** Nothing that starts the unit. */
    NOTHING,
    /** The unit has to start. */
    OCCASION,
    /** The unit would have to start, but the trigger limit forbids it. */
    LIMITED,
    /** The unit would have to start, but a job is to stop the path unit. */
    STOPPING,
    /** The unit runs already. */
    RUNS
  }
}
