/**
 * The text of unit files: names, sections, words, quotes, escapes, specifiers, command lines. Text
 * goes in, immutable values and problems with their lines come out; nothing here knows what a
 * directive means. Pure.
 */
@NullMarked
package org.usersvc.systemd.syntax;

import org.jspecify.annotations.NullMarked;
