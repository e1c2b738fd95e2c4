package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/**
 * Masks definitions: a link to {@code /dev/null} among the user's definitions hides those of the
 * same name, and nothing can enable them. Or removes such links.
 */
public record MaskDefinitions(List<String> names, boolean masks) implements Errand {
  private static final Path NOTHING = Path.of("/dev/null");

  @Override
  public int run(Desk desk) throws LostOutputException {
    int failures = 0;
    for (String name : names) {
      boolean done =
          desk.console()
              .attempt(
                  name,
                  () -> {
                    if (masks) {
                      mask(desk, name);
                    } else {
                      unmask(desk, name);
                    }
                  });
      failures += done ? 0 : 1;
    }
    return Math.min(failures, MOST_FAILURES);
  }

  private static void mask(Desk desk, String name) throws Refusal, IOException {
    ServiceName.check(name);
    Definitions definitions = Definitions.of(desk);
    Path own = NativePath.of(definitions.user() + "/" + name);
    Path service = NativePath.of(ScanDirectory.of(desk) + "/" + name);
    if (isMask(own)) {
      report(desk, name, own, "already masked");
      return;
    }
    if (ServicePlace.exists(own)) {
      throw new Refusal(
          NativePath.text(own)
              + " is your own definition; move it away, or usersvc disable "
              + name);
    }
    boolean enabled = Files.isSymbolicLink(service.resolve("run"));
    if (ServicePlace.exists(service) && !enabled) {
      throw new Refusal(
          NativePath.text(service)
              + " is your own service directory; a file down in it keeps it stopped");
    }
    if (definitions.find(name) == null) {
      throw new Refusal(
          "there is no definition of this name in " + String.join(", ", definitions.all()));
    }
    Files.createDirectories(NativePath.of(definitions.user()));
    Files.createSymbolicLink(own, NOTHING);
    if (enabled && !Renewal.ask(desk, "disable", name)) {
      desk.console().remark(name + ": it is enabled still; usersvc disable " + name);
    }
    report(desk, name, own, "masked");
  }

  private static void unmask(Desk desk, String name) throws Refusal, IOException {
    ServiceName.check(name);
    Path own = NativePath.of(Definitions.of(desk).user() + "/" + name);
    if (!isMask(own)) {
      throw new Refusal(
          "it is not masked: there is no link " + NativePath.text(own) + " to /dev/null");
    }
    Files.delete(own);
    report(desk, name, own, "unmasked");
  }

  private static boolean isMask(Path path) throws IOException {
    return Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(NOTHING);
  }

  private static void report(Desk desk, String name, Path link, String result)
      throws LostOutputException {
    desk.console().say(name + ": " + result + " (" + NativePath.text(link) + ")");
    desk.console()
        .document(generator -> {
          generator.writeStringField("name", name);
          generator.writeStringField("result", result);
          generator.writeStringField("path", NativePath.text(link));
        });
  }
}
