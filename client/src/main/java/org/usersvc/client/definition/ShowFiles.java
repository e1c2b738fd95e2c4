package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<Path> shown = new ArrayList<>();
    for (String name : names) {
      failures += desk.console().attempt(name, () -> show(desk, name, shown)) ? 0 : 1;
    }
    return Math.min(failures, MOST_FAILURES);
  }

  private static void show(Desk desk, String service, List<Path> shown)
      throws Refusal, IOException {
    ServicePlace place = ServicePlace.find(desk, service);
    for (Map.Entry<String, Path> file : place.files().entrySet()) {
      if (!shown.isEmpty()) {
        desk.console().say("");
      }
      shown.add(file.getValue());
      show(place, file.getKey(), file.getValue(), desk.console());
    }
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
