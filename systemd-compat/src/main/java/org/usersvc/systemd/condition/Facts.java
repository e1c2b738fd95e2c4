package org.usersvc.systemd.condition;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What conditions and specifiers ask about the machine and the manager. Asking may read files. */
public interface Facts {
  /**
   * Whether a path is as a condition wants it.
   *
   * @param kind one of the kinds that look at paths, but not {@code PATH_IS_ENCRYPTED}
   * @param path an absolute path; for {@code PATH_EXISTS_GLOB} a pattern
   */
  boolean path(ConditionKind kind, String path);

  /** A variable of the manager's environment; empty if it is not set. */
  Optional<String> environment(String name);

  /** The number of the manager's user. */
  long uid();

  /** The name of the manager's user; empty if it has none. */
  Optional<String> userName();

  /** Whether there is a user of that name or number, as far as /etc/passwd says. */
  boolean isUser(String nameOrNumber);

  /** The number of the first group of the manager. */
  long gid();

  /** The name of that group; empty if it has none. */
  Optional<String> groupName();

  /** The numbers and the names of all groups that the manager has. */
  Set<String> groups();

  /** The name of this machine in the network. */
  String hostName();

  /** The name that people gave the machine; empty if they did not. See machine-info(5). */
  Optional<String> prettyHostName();

  /** The machine's id, 32 hexadecimal digits; empty if there is none. */
  Optional<String> machineId();

  /** The id of this boot, 32 hexadecimal digits; empty if there is none. */
  Optional<String> bootId();

  /** The architecture by the word that units have, such as {@code x86-64}; empty: not known. */
  Optional<String> architecture();

  /** The version of the kernel, as {@code uname -r} shows it. */
  String kernelVersion();

  /** The words with which the kernel was started; empty: not known. */
  String kernelCommandLine();

  /** The value of a key of os-release(5); empty if it is not there. */
  Optional<String> osRelease(String key);

  /** How many processors the manager may use, at least 1. */
  int processors();

  /** The memory of the machine in bytes; empty: not known. */
  OptionalLong memoryBytes();
}
