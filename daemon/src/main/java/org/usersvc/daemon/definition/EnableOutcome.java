package org.usersvc.daemon.definition;

import java.util.List;

/** How it went to make a service of a definition. */
public sealed interface EnableOutcome {
  /** It is in the scan directory now. */
  record Enabled(String from) implements EnableOutcome {}

  /** It was there before; nothing was changed. */
  record AlreadyEnabled(String from) implements EnableOutcome {}

  /**
   * A service of that name is enabled, but from another definition; nothing was changed.
   *
   * @param other where that service comes from
   * @param wanted the definition that counts now
   */
  record EnabledFromElsewhere(String other, String wanted) implements EnableOutcome {}

  /**
   * Something that was not enabled has a name that is needed; nothing was changed.
   *
   * @param entry its path in the scan directory
   */
  record InTheWay(String entry) implements EnableOutcome {}

  /**
   * There is no definition of that name.
   *
   * @param looked the directories that were looked at
   */
  record NoDefinition(List<String> looked) implements EnableOutcome {}

  /** It cannot be the name of a service. */
  record NotAName() implements EnableOutcome {}

  /**
   * A file could not be read or written.
   *
   * @param reason which one, and why
   */
  record Failed(String reason) implements EnableOutcome {}
}
