package org.usersvc.client.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/** The directory whose service directories a daemon supervises, as native text. */
public final class ScanDirectory {
  private static final List<String> USUAL =
      List.of("/.local/service", "/.service", "/service", "/.config/service");

  private static final JsonFactory FACTORY = new JsonFactory();

  private ScanDirectory() {}

  /** That of the running daemon, else the one that it would have. */
  public static String of(Desk desk) {
    String asked = asked(desk.socket());
    return asked.isEmpty() ? usual(desk.environment()) : asked;
  }

  /** That of the daemon at {@code socket}; empty if it does not answer. */
  public static String asked(ControlSocket socket) {
    byte[] request =
        JsonLine.of(generator -> {
          generator.writeStringField("verb", "version");
          generator.writeStringField("format", "json");
        });
    var answer = new ByteArrayOutputStream();
    try {
      var output = new Output(answer, OutputStream.nullOutputStream());
      socket.ask(request, output, false, Duration.ZERO);
      output.flush();
      return field(answer.toByteArray(), "scan_directory");
    } catch (UnreachableException | BrokenAnswerException | IOException nobodyThere) {
      return "";
    }
  }

  private static String field(byte[] document, String wanted) throws IOException {
    try (JsonParser json = FACTORY.createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals(wanted)) {
          return json.getText();
        }
        json.skipChildren();
      }
    }
    return "";
  }

  /** The daemon's choice when it is started without an argument. */
  public static String usual(Map<String, String> environment) {
    for (String variable : new String[] {"USERSVC_DIR", "SVDIR"}) {
      String value = environment.getOrDefault(variable, "");
      if (value.startsWith("/")) {
        return value;
      }
    }
    String home = home(environment);
    for (String usual : USUAL) {
      if (Files.isDirectory(NativePath.of(home + usual))) {
        return home + usual;
      }
    }
    return home + USUAL.getFirst();
  }

  /** HOME, else what the system knows. */
  public static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/") ? home : System.getProperty("user.home", "");
  }
}
