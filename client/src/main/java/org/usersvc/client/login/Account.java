package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.NativeText;

/**
 * A user, as id(1) knows him, from any source of accounts. Java shows the number of a user only
 * through a file that he owns.
 */
public record Account(String name, int uid) {
  private static final Pattern ID = Pattern.compile("uid=([0-9]+)\\(([^)]*)\\)");

  /** The user who runs this program. */
  public static Account self() throws Refusal {
    @Nullable Account self = ask(List.of());
    if (self == null) {
      throw new Refusal("id(1) does not know who you are; see /etc/passwd");
    }
    return self;
  }

  /** The user of that name. */
  public static Account named(String name) throws Refusal {
    @Nullable Account found = ask(List.of("--", name));
    if (found == null || !found.name.equals(name)) { // id takes numbers, too
      throw new Refusal("there is no user " + NativeText.printable(name) + "; see getent passwd");
    }
    return found;
  }

  private static @Nullable Account ask(List<String> operands) throws Refusal {
    List<String> words = new ArrayList<>(List.of("id"));
    words.addAll(operands);
    try {
      Process id = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      id.getOutputStream().close();
      try (InputStream output = id.getInputStream()) {
        Matcher told = ID.matcher(new String(output.readAllBytes(), UTF_8));
        return told.lookingAt()
            ? new Account(told.group(2), Integer.parseUnsignedInt(told.group(1)))
            : null;
      }
    } catch (IOException e) {
      throw new Refusal("cannot run id(1); put it in PATH");
    }
  }

  boolean isRoot() {
    return uid == 0;
  }
}
