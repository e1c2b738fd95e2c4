package org.usersvc.daemon.enable;

/** The outcome of disabling a service. */
public sealed interface DisableOutcome {
  /**
   * The service directory is hidden; the supervisor notices that and stops the service.
   *
   * @param hidden to be deleted when the service has ended, as it needs finish and control/ until
   *     then
   */
  record Disabled(HiddenService hidden) implements DisableOutcome {}

  /**
   * The service was a plain link, which is removed.
   *
   * @param target where the link led
   */
  record Unlinked(String target) implements DisableOutcome {}

  /** The scan directory has nothing of that name. */
  record NotEnabled() implements DisableOutcome {}

  /**
   * A file there was not made by enabling; nothing was changed.
   *
   * @param entry its path in the scan directory
   */
  record NotOurs(String entry) implements DisableOutcome {}

  /** The name cannot be that of a service. */
  record NotAName() implements DisableOutcome {}

  /**
   * A file could not be read or written.
   *
   * @param reason the file and the reason
   */
  record Failed(String reason) implements DisableOutcome {}
}
