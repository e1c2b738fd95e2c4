package org.usersvc.systemd.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.Unit;

/** Units made from texts, with {@code %t} as {@code /run/user/1000}. */
record Made(Unit unit, List<Problem> problems, List<Problem> ignored) {
  /** The unit of that name from a main file and drop-ins. */
  static Made of(String name, String text, String... dropIns) {
    var files = new ArrayList<UnitFile>();
    for (int i = 0; i < dropIns.length; i++) {
      files.add(file("/d/" + i + ".conf", dropIns[i]));
    }
    var id = UnitName.of(name);
    var input = new UnitMaker.Input(id, Set.of(id), file("/u/" + name, text), files, Map.of());
    var made = UnitMaker.make(input, Made::value);
    return new Made(made.unit(), made.problems(), made.ignored());
  }

  /** A service that runs {@code /bin/a}, with more lines in its section. */
  static Made service(String... lines) {
    return of("a.service", "[Service]\nExecStart=/bin/a\n" + String.join("\n", lines) + "\n");
  }

  /** A target with lines in {@code [Unit]}. */
  static Made target(String... lines) {
    return of("a.target", "[Unit]\n" + String.join("\n", lines) + "\n");
  }

  /** A socket that listens at {@code /s}, with more lines in its section. */
  static Made socket(String... lines) {
    return of("a.socket", "[Socket]\nListenStream=/s\n" + String.join("\n", lines) + "\n");
  }

  private static UnitFile file(String path, String text) {
    return UnitFile.read(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> value(char letter) {
    return letter == 't' ? Optional.of("/run/user/1000") : Optional.empty();
  }

  Settings.Service settings() {
    return (Settings.Service) unit.settings();
  }

  SocketSettings socketSettings() {
    return (SocketSettings) unit.settings();
  }

  boolean isLoaded() {
    return unit.loadState() == LoadState.LOADED;
  }

  /** The problems as messages. */
  List<String> messages() {
    return problems.stream().map(Problem::message).toList();
  }

  static UnitName name(String text) {
    return UnitName.of(text);
  }

  static List<UnitName> names(String... texts) {
    return Arrays.stream(texts).map(UnitName::of).toList();
  }
}
