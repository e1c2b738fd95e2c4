/**
 * The implementations of {@link org.usersvc.daemon.extension.Mechanisms}: they give extensions what
 * the daemon's services run on, and keep their files apart from those of services.
 */
@NullMarked
package org.usersvc.daemon.mechanism;

import org.jspecify.annotations.NullMarked;
