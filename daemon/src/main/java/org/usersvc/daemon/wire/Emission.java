package org.usersvc.daemon.wire;

import java.util.List;

/** An incoming signal. */
public record Emission(String sender, String interfaceName, String member, List<Object> values) {}
