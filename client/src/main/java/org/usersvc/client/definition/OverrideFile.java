package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/**
 * The user's files above a definition: makes one, removes one, or lists them.
 *
 * @param file null: all are listed
 */
public record OverrideFile(String name, @Nullable String file, boolean removes) implements Errand {
  @Override
  public int run(Desk desk) throws LostOutputException {
    if (file != null && !removes) {
      return new EditFile(name, file, true).run(desk);
    }
    return desk.console().attempt(name, () -> listOrRemove(desk)) ? 0 : 1;
  }

  private void listOrRemove(Desk desk) throws Refusal, IOException {
    ServicePlace place = ServicePlace.find(desk, name);
    if (file == null && removes) {
      throw new Refusal("--remove needs the file, such as run; without --remove they are listed");
    }
    if (file == null) {
      list(desk, place);
    } else {
      ServicePlace.checkFile(file);
      remove(desk, place, file);
    }
  }

  private void list(Desk desk, ServicePlace place) throws IOException {
    Map<String, Path> all = place.overriding();
    if (all.isEmpty()) {
      desk.console()
          .remark(
              name
                  + ": there is no override in "
                  + place.overrides()
                  + "; "
                  + desk.usersvc()
                  + " override "
                  + name
                  + " FILE makes one");
    }
    for (Map.Entry<String, Path> each : all.entrySet()) {
      String path = NativePath.text(each.getValue());
      desk.console().say(path);
      desk.console()
          .document(generator -> {
            generator.writeStringField("name", name);
            generator.writeStringField("file", each.getKey());
            generator.writeStringField("path", path);
          });
    }
  }

  private void remove(Desk desk, ServicePlace place, String which) throws Refusal, IOException {
    Path path = NativePath.of(place.overrides() + "/" + which);
    if (!ServicePlace.exists(path)) {
      throw new Refusal("there is no override " + NativePath.text(path));
    }
    Files.delete(path);
    deleteEmpty(path, Definitions.of(desk).overrides());
    boolean renewed = place.supervised() && Renewal.of(desk, name);
    String next = desk.usersvc() + (renewed ? " restart " : " enable ") + name;
    desk.console().say(name + ": removed " + NativePath.text(path));
    if (place.supervised()) {
      desk.console().say("next: " + next);
    }
    desk.console()
        .document(generator -> {
          generator.writeStringField("name", name);
          generator.writeStringField("result", "removed");
          generator.writeStringField("path", NativePath.text(path));
        });
  }

  private static void deleteEmpty(Path file, String root) throws IOException {
    @Nullable Path each = file.getParent();
    while (each != null && NativePath.text(each).startsWith(root + "/")) {
      try {
        Files.delete(each);
      } catch (DirectoryNotEmptyException used) {
        return;
      }
      each = each.getParent();
    }
  }
}
