package org.usersvc.client.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.usersvc.client.definition.VerifyServices;
import org.usersvc.client.local.Console;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.Output;

/**
 * Finds mistakes: in service directories by itself, in units by asking the daemon.
 *
 * @param names none: all service directories, and the units of the user
 * @param units asks the daemon about some
 */
record Verify(
    List<String> names,
    Function<List<String>, Ask> units,
    String instance,
    boolean json,
    boolean quiet)
    implements Command {
  private static final List<String> UNIT_PLACES =
      List.of("/etc/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user");

  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    var desk = new Desk(environment, instance, new Console(output, json, quiet));
    String own = ownUnits(desk);
    List<String> services = new ArrayList<>();
    List<String> asked = new ArrayList<>(names.isEmpty() ? all(own) : List.of());
    for (String name : names) {
      boolean service = !VerifyServices.isUnit(name) && VerifyServices.isService(desk, name);
      if (service) {
        services.add(name);
      }
      if (!service || isUnit(own, name)) {
        asked.add(name);
      }
    }
    int status = 0;
    if (names.isEmpty() || !services.isEmpty()) {
      status = new VerifyServices(services).run(desk);
    }
    int other = asked.isEmpty() ? 0 : units.apply(asked).run(environment, output);
    return Math.max(status, other);
  }

  private static String ownUnits(Desk desk) {
    String user = Definitions.of(desk).user();
    return user.substring(0, user.length() - "/sv".length()) + "/systemd/user";
  }

  /** Whether a service directory shares its name with a unit. */
  private static boolean isUnit(String own, String name) {
    List<String> places = new ArrayList<>(UNIT_PLACES);
    places.add(own);
    return name.indexOf('/') < 0
        && places.stream()
            .anyMatch(it -> Files.exists(NativePath.of(it + "/" + name + ".service")));
  }

  private static List<String> all(String own) {
    List<String> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(NativePath.of(own))) {
      for (Path entry : entries) {
        String path = NativePath.text(entry);
        if (VerifyServices.isUnit(path) && Files.isRegularFile(entry)) {
          all.add(path.substring(own.length() + 1));
        }
      }
    } catch (IOException none) {
      return all;
    }
    all.sort(String::compareTo);
    return all;
  }
}
