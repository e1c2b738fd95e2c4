package org.usersvc.daemon.state;

import org.usersvc.daemon.session.Session;

/**
 * The record of one session.
 *
 * @param leader identifies its leader
 * @param companion another process that ends it; {@link ProcessIdentity#NONE} if there is none
 */
public record RecordedSession(Session session, ProcessIdentity leader, ProcessIdentity companion) {}
