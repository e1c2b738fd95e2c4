/**
 * {@code usersvc top}: the services on a screen that follows them. {@link Board} is what is known
 * and {@link Screen} draws it, both without a terminal; {@link Display} is the terminal, by JLine,
 * whose provider {@code exec} needs only stty: a native one would have the JVM refuse its cache.
 * {@link Top} leads three threads: one reads keys, one the events of the daemon, one asks it.
 */
@NullMarked
package org.usersvc.client.top;

import org.jspecify.annotations.NullMarked;
