package org.usersvc.daemon.definition;

/** How it went to take an enabled service out of the scan directory. */
public sealed interface DisableOutcome {
  /**
   * Its directory is hidden: the supervisor sees the service leave and stops it.
   *
   * @param hidden to be deleted when the service has ended, as finish and control/ are needed till
   *     then
   */
  record Disabled(HiddenService hidden) implements DisableOutcome {}

  /**
   * It was a plain link, which is removed.
   *
   * @param target where the link led
   */
  record Unlinked(String target) implements DisableOutcome {}

  /** The scan directory has nothing of that name. */
  record NotEnabled() implements DisableOutcome {}

  /**
   * Something there was not made by enabling; nothing was changed.
   *
   * @param entry its path in the scan directory
   */
  record NotOurs(String entry) implements DisableOutcome {}

  /** It cannot be the name of a service. */
  record NotAName() implements DisableOutcome {}

  /**
   * A file could not be read or written.
   *
   * @param reason which one, and why
   */
  record Failed(String reason) implements DisableOutcome {}
}
