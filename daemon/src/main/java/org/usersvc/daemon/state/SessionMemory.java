package org.usersvc.daemon.state;

import org.usersvc.daemon.session.Session;

/**
 * One session.
 *
 * @param leader what its leader is recognised by
 */
public record SessionMemory(Session session, ProcessIdentity leader) {}
