package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A user, as id(1) knows him: whatever the system takes accounts from. */
public record Account(String name, int uid) {
  private static final Pattern ID = Pattern.compile("uid=([0-9]+)\\(([^)]*)\\)");

  /** Whoever runs this program. */
  public static Account self() throws IOException {
    @Nullable Account self = ask(List.of());
    if (self == null) {
      throw new IOException("id does not tell who you are");
    }
    return self;
  }

  /** The user of that name, null if there is none. */
  public static @Nullable Account named(String name) throws IOException {
    @Nullable Account found = ask(List.of("--", name));
    return found == null || !found.name.equals(name) ? null : found; // id takes numbers, too
  }

  private static @Nullable Account ask(List<String> operands) throws IOException {
    List<String> words = new ArrayList<>(List.of("id"));
    words.addAll(operands);
    Process id = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    id.getOutputStream().close();
    try (InputStream output = id.getInputStream()) {
      Matcher told = ID.matcher(new String(output.readAllBytes(), UTF_8));
      return told.lookingAt()
          ? new Account(told.group(2), Integer.parseUnsignedInt(told.group(1)))
          : null;
    }
  }

  boolean isRoot() {
    return uid == 0;
  }
}
