package org.usersvc.systemd.unit;

/** A target: it has no section of its own. */
public record TargetSettings() implements Settings {}
