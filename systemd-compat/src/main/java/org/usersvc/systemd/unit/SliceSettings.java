package org.usersvc.systemd.unit;

/** The section {@code [Slice]}: nothing of it applies where there are no control groups. */
public record SliceSettings() implements Settings {}
