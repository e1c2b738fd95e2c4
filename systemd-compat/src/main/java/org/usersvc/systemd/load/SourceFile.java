package org.usersvc.systemd.load;

/**
 * A file of a unit as it was read. Immutable.
 *
 * @param path absolute
 * @param written the last change of its content before that, in nanoseconds since 1970
 * @param text the whole content, native text
 */
public record SourceFile(String path, long written, String text) {}
