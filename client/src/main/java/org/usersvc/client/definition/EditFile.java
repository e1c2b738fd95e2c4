package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.check.FileCheck;
import org.usersvc.client.check.Finding;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/**
 * Has the user edit a copy of a file, checks it, and puts it in place of the file. Where the file
 * is not the user's own, the copy becomes one of his overrides.
 *
 * @param always whether it is to be an override in any case
 */
public record EditFile(String name, String file, boolean always) implements Errand {
  /** Where the edited file goes. */
  private record Target(ServicePlace place, Path source, Path written, boolean overrides) {}

  @Override
  public int run(Desk desk) throws LostOutputException {
    try {
      ServicePlace.checkFile(file);
      Target target = target(ServicePlace.find(desk, name));
      edit(desk, target);
      return 0;
    } catch (Refusal refusal) {
      desk.console().fail(name, refusal.text());
      return 1;
    }
  }

  private Target target(ServicePlace place) throws Refusal {
    Path above = NativePath.of(place.overrides() + "/" + file);
    Path present = place.file(file);
    @Nullable String origin = place.origin();
    if (origin == null) {
      if (always) {
        throw new Refusal(
            place.directory()
                + " is your own service directory; usersvc edit "
                + name
                + " "
                + file
                + " changes it");
      }
      return new Target(place, present, own(present), false);
    }
    if (always || Files.exists(above) || !place.definitions().isOwn(origin)) {
      Path shown = Files.exists(above) ? above : NativePath.of(origin + "/" + file);
      return new Target(place, shown, above, true);
    }
    Path own = NativePath.of(origin + "/" + file);
    return new Target(place, own, own(own), false);
  }

  /** The file behind links, so that they stay. */
  private static Path own(Path file) {
    return Files.exists(file) ? NativePath.of(ServicePlace.source(file)) : file;
  }

  private void edit(Desk desk, Target target) throws Refusal, LostOutputException {
    byte @Nullable [] before = content(target.source());
    Path copy = copy(before);
    boolean keep = false;
    try {
      Editor.edit(desk, copy);
      byte[] after = Files.readAllBytes(copy);
      if (Arrays.equals(after, before == null ? new byte[0] : before)) {
        report(desk, target, "unchanged");
        return;
      }
      keep = true;
      check(after, copy);
      FreshDirectory.replace(target.written(), after, ServicePlace.isScript(file));
      keep = false;
      report(desk, target, "changed");
    } catch (LostOutputException lost) {
      throw lost;
    } catch (IOException fault) {
      throw Refusal.of(keep ? "your text is in " + copy + "; cannot write" : "cannot edit", fault);
    } finally {
      if (!keep) {
        FreshDirectory.delete(copy.resolveSibling("."));
      }
    }
  }

  private static byte @Nullable [] content(Path file) throws Refusal {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException fault) {
      throw Refusal.of("cannot read it", fault);
    }
  }

  /** In a directory of its own, with the name of the file for the editor's sake. */
  private Path copy(byte @Nullable [] content) throws Refusal {
    try {
      Path directory = Files.createTempDirectory("usersvc-edit-");
      Path copy = directory.resolve(file.substring(file.lastIndexOf('/') + 1));
      Files.write(copy, content == null ? new byte[0] : content);
      return copy;
    } catch (IOException fault) {
      throw Refusal.of("cannot make a copy for the editor", fault);
    }
  }

  private void check(byte[] text, Path copy) throws Refusal {
    List<Finding> wrong = FileCheck.of(file, text).stream().filter(Finding::isError).toList();
    if (!wrong.isEmpty()) {
      Finding first = wrong.getFirst();
      throw new Refusal(
          file
              + ":"
              + first.line()
              + ": "
              + first.text()
              + "; nothing was changed, your text is in "
              + copy);
    }
  }

  private void report(Desk desk, Target target, String result) throws LostOutputException {
    String path = NativePath.text(target.written());
    boolean changed = result.equals("changed");
    ServicePlace place = target.place();
    boolean renew = changed && (target.overrides() || !Files.exists(place.file(file)));
    boolean ready = place.supervised() && (!renew || Renewal.of(desk, name));
    String verb = ready ? " restart " : " enable --now ";
    String next = desk.usersvc() + verb + name;
    desk.console()
        .say(name + ": " + result + (changed ? " " + path : "; " + file + " is as it was"));
    if (changed) {
      desk.console().say("next: " + next);
    }
    desk.console()
        .document(generator -> {
          generator.writeStringField("name", name);
          generator.writeStringField("result", result);
          generator.writeStringField("file", file);
          generator.writeStringField("path", path);
          generator.writeBooleanField("override", target.overrides());
          if (changed) {
            generator.writeStringField("next", next);
          }
        });
  }
}
