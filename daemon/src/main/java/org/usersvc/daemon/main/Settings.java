package org.usersvc.daemon.main;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.bus.ServicePath;
import org.usersvc.daemon.model.NativeText;

/**
 * The command line.
 *
 * @param instance the name of a second tree beside the first, null for the first
 * @param verbose whether every change of state is logged
 * @param background whether the daemon leaves its terminal
 * @param directory the scan directory, null if {@link Places} is to find it
 */
record Settings(
    @Nullable String instance, boolean verbose, boolean background, @Nullable String directory) {
  /** By this word the launcher passes on that it waits for a daemon in the background. */
  static final String BACKGROUND = "--in-background";

  static final String USAGE =
      """
      usage: usersvcd [--background] [--instance NAME] [--verbose] [DIR]

      Supervises the services of the runit scan directory DIR until it gets TERM.
      Without DIR: $USERSVC_DIR, else $SVDIR if it is yours, else the first existing one of
      ~/.local/service, ~/.service, ~/service, ~/.config/service; else ~/.local/service is made.

        --background     return when the daemon is ready; it outlives the terminal
        --instance NAME  run a second tree beside the first; usersvc --instance NAME talks to it
        --verbose        log every change of state on standard error
        --help           this text
        --version        the version

      Signals: TERM, INT stop every service and end with 0; HUP does so and ends with 111; a second
      one kills those that still run. USR2 replaces the daemon by the version that is installed now;
      services go on. Exit status: 0, 100 wrong usage, 111 trouble or HUP.
      """;

  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  static Settings parse(List<String> arguments) throws Fatal {
    String instance = null;
    String directory = null;
    boolean verbose = false;
    boolean background = false;
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--instance" -> instance = instance(rest.hasNext() ? rest.next() : "");
        case "--verbose" -> verbose = true;
        case BACKGROUND -> background = true;
        case "--" -> directory = directory(rest.hasNext() ? rest.next() : null, directory);
        default -> {
          if (argument.startsWith("-")) {
            throw unexpected(argument);
          }
          directory = directory(argument, directory);
        }
      }
    }
    return new Settings(instance, verbose, background, directory);
  }

  private static @Nullable String directory(@Nullable String argument, @Nullable String before)
      throws Fatal {
    if (argument != null && (argument.isEmpty() || before != null)) {
      throw unexpected(argument);
    }
    return argument == null ? before : argument;
  }

  private static Fatal unexpected(String argument) {
    String wrong = NativeText.printable(argument);
    return new Fatal(Fatal.USAGE, "unexpected '" + wrong + "'; see usersvcd --help");
  }

  private static String instance(String name) throws Fatal {
    if (!INSTANCE.matcher(name).matches()) {
      throw new Fatal(
          Fatal.USAGE,
          "'" + NativeText.printable(name) + "' is no instance name: 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    return name;
  }

  /** The name to own on message buses. */
  String busName() {
    return instance == null
        ? "org.usersvc1"
        : "org.usersvc1.Instance." + ServicePath.escape(instance);
  }

  /** The name of the directory under the runtime directory. */
  String runtimeName() {
    return instance == null ? "usersvc" : "usersvc-" + instance;
  }
}
