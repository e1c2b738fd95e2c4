package org.usersvc.systemd.unit;

/** Of a unit that was not read, or whose type users cannot have, such as a mount. */
public record NoSettings() implements Settings {}
