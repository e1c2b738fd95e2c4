package org.usersvc.systemd.syntax;

/** What a mistake in a text means for the unit. */
public enum Severity {
  /** What is wrong is ignored, and the unit loads without it. */
  WARNING,
  /** The unit does not load: its {@code LoadState} is {@code bad-setting}. */
  ERROR
}
