package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.usersvc.client.local.Console;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/** Shows the files of services, each with the place where it comes from. */
public record ShowFiles(List<String> names) implements Errand {
  private static final int LARGEST = 64 * 1024;

  @Override
  public int run(Desk desk) throws LostOutputException {
    int failures = 0;
    boolean first = true;
    for (String name : names) {
      try {
        ServicePlace place = ServicePlace.find(desk, name);
        for (Map.Entry<String, Path> file : place.files().entrySet()) {
          if (!first) {
            desk.console().say("");
          }
          first = false;
          show(place, file.getKey(), file.getValue(), desk.console());
        }
      } catch (Refusal refusal) {
        desk.console().fail(name, refusal.text());
        failures++;
      } catch (LostOutputException lost) {
        throw lost;
      } catch (IOException fault) {
        desk.console().fail(name, Refusal.reason(fault));
        failures++;
      }
    }
    return Math.min(failures, MOST_FAILURES);
  }

  private static void show(ServicePlace place, String name, Path file, Console console)
      throws IOException {
    String path = NativePath.text(file);
    String source = ServicePlace.source(file);
    boolean override = place.isOverride(source);
    boolean large = Files.size(file) > LARGEST;
    byte[] content = large ? new byte[0] : Files.readAllBytes(file);
    console.say("# " + path);
    if (!source.equals(path)) {
      console.say("# from " + source + (override ? " (override)" : ""));
    } else if (override) {
      console.say("# (override)");
    }
    if (large) {
      console.say("# (" + Files.size(file) + " bytes, not shown)");
    }
    console.copy(content);
    if (content.length > 0 && content[content.length - 1] != '\n') {
      console.copy(new byte[] {'\n'});
    }
    console.document(generator -> {
      generator.writeStringField("name", place.name());
      generator.writeStringField("file", name);
      generator.writeStringField("path", path);
      generator.writeStringField("source", source);
      generator.writeBooleanField("override", override);
      if (!large) {
        generator.writeStringField("content", NativeText.decode(content));
      }
    });
  }
}
