package org.usersvc.daemon.state;

import org.usersvc.daemon.session.Session;

/**
 * One session.
 *
 * @param leader what its leader is recognised by
 * @param companion another process that ends it; {@link ProcessIdentity#NONE} if there is none
 */
public record SessionMemory(Session session, ProcessIdentity leader, ProcessIdentity companion) {}
