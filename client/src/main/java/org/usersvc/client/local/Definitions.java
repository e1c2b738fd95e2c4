package org.usersvc.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.NativePath;

/**
 * The directories in which {@code enable} looks for definitions, as native text.
 *
 * @param user the user's own
 * @param all in the order of the search, the user's first
 * @param overrides where single files of the user's above definitions are
 */
public record Definitions(String user, List<String> all, String overrides) {
  private static final String OF_ADMINISTRATOR = "/etc/usersvc/sv";
  private static final String SV = "sv";
  private static final String SHIPPED = "/usr/share/usersvc/sv";

  public static Definitions of(Desk desk) {
    String given = desk.environment().getOrDefault("XDG_CONFIG_HOME", "");
    String home = ScanDirectory.home(desk.environment());
    String config = given.startsWith("/") ? given : home + "/.config";
    String user = config + "/sv";
    List<String> all = new ArrayList<>(List.of(user, OF_ADMINISTRATOR));
    var share = Image.share();
    if (share != null && !share.resolve(SV).equals(Path.of(SHIPPED))) {
      all.add(share.resolve(SV).toString());
    }
    all.add(SHIPPED);
    return new Definitions(user, all, config + "/usersvc/override");
  }

  /** The definition that {@code enable} would take; null if there is none. */
  public @Nullable String find(String name) {
    for (String directory : all) {
      String path = directory + "/" + name;
      if (Files.exists(NativePath.of(path + "/run"))) {
        return path;
      }
    }
    return null;
  }

  /** Whether a definition is the user's own. */
  public boolean isOwn(String definition) {
    return definition.startsWith(user + "/");
  }
}
