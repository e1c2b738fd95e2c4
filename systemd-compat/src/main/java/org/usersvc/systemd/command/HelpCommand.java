package org.usersvc.systemd.command;

/** {@code systemctl help}: says where the documentation of units is; it opens nothing. */
final class HelpCommand {
  private HelpCommand() {}

  static void run(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    if (words.isEmpty()) {
      asking.err("'help' command expects one or more unit names.");
      asking.err("(Alternatively, help for systemctl itself may be shown with --help)");
      asking.end(1);
      return;
    }
    boolean isAnyMissing = false;
    for (var name : asking.names(words)) {
      var own = Properties.of(asking, name);
      var places = own.texts("Documentation");
      if (own.text("LoadState").equals("not-found")) {
        asking.err("Unit " + name + " could not be found.");
        isAnyMissing = true;
      } else if (places.isEmpty()) {
        asking.err("Documentation for " + name + " not known.");
      }
      places.forEach(asking::out);
    }
    asking.end(isAnyMissing ? 1 : 0);
  }
}
