/**
 * The client {@code usersvc}, also called {@code svc}, {@code svok} and {@code svstat}. It turns a
 * command line into one request ({@code command}), sends it over the control socket and copies the
 * answer ({@code socket}); it reads logs by itself ({@code log}). It lives for some milliseconds,
 * so the code of a request avoids lambdas, streams and formatted strings.
 */
@NullMarked
package org.usersvc.client;

import org.jspecify.annotations.NullMarked;
