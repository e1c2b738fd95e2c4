package org.usersvc.daemon.wire;

import java.util.List;

/** A signal that has come in. */
public record Emission(String sender, String interfaceName, String member, List<Object> values) {}
