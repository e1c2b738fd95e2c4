package org.usersvc.daemon.state;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Session;

/** Reads the lines of a state file, up to the first that makes no sense. */
final class StateParser {
  private static final String LOGGER = "-log";
  private static final int HEX = 16;

  private final Map<String, byte[]> raw = new LinkedHashMap<>();
  private final Map<String, ProcessMemory> processes = new LinkedHashMap<>();
  private final Map<String, SessionMemory> sessions = new LinkedHashMap<>();
  private Map<String, @Nullable String> byHand = Map.of();
  private int lastSession;
  private long unsettled = Recollection.SETTLED;
  private @Nullable Header header;
  private int version;
  private int lines;
  private boolean complete = true;

  private StateParser() {}

  /** Never fails: what makes no sense is left out, with all that follows it. */
  static StateParser of(byte[] bytes) {
    var parser = new StateParser();
    try (var json = StateLines.FACTORY.createParser(bytes)) {
      parser.takeAll(json, bytes);
    } catch (IOException ignored) { // told by whoever asks for the file
      parser.complete = false;
    }
    return parser;
  }

  private void takeAll(JsonParser json, byte[] bytes) throws IOException {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String key = take(Fields.parse(json, from, i));
        if (!key.isEmpty()) {
          raw.put(key, Arrays.copyOfRange(bytes, from, i + 1));
        }
        lines++;
        from = i + 1;
      }
    }
    complete = from == bytes.length && bytes.length > 0;
  }

  /** Null if the first line does not tell. */
  @Nullable Header header() {
    return header;
  }

  int version() {
    return version;
  }

  /** The lines that count, by what they are about. */
  Map<String, byte[]> raw() {
    return raw;
  }

  /** The line that makes no sense, counted from 1. */
  int badLine() {
    return lines + 1;
  }

  Recollection result() {
    return new Recollection(
        true,
        complete,
        List.copyOf(processes.values()),
        List.copyOf(sessions.values()),
        byHand,
        lastSession,
        unsettled);
  }

  /** What the line is about; empty if it is about nothing that is. */
  private String take(Fields fields) throws IOException {
    if (lines == 0) {
      version = fields.integer("version");
      if (version != Header.VERSION) {
        throw new IOException("another version");
      }
      header = new Header(fields.text("boot"), identity(fields, ""));
      return "";
    }
    if (fields.has("gone")) {
      processes.remove(fields.text("gone"));
      sessions.remove(fields.text("gone"));
      raw.remove(fields.text("gone"));
      if (fields.text("gone").equals(StateFile.UNSETTLED)) {
        unsettled = Recollection.SETTLED;
      }
      return "";
    }
    if (fields.has(StateFile.UNSETTLED)) {
      unsettled = fields.number(StateFile.UNSETTLED);
      return StateFile.UNSETTLED;
    }
    if (fields.has("process")) {
      var memory = process(fields);
      processes.put(memory.key().text(), memory);
      return memory.key().text();
    }
    if (fields.has("session")) {
      var memory = session(fields);
      String key = StateFile.sessionKey(memory.session().id());
      sessions.put(key, memory);
      return key;
    }
    if (fields.has(StateFile.ENVIRONMENT)) {
      byHand = fields.variables(StateFile.ENVIRONMENT);
      lastSession = fields.integer("last_session");
      return StateFile.ENVIRONMENT;
    }
    throw new IOException("about nothing");
  }

  private static SessionMemory session(Fields fields) throws IOException {
    var leader = identity(fields, "");
    var variables = new LinkedHashMap<String, String>();
    fields
        .variables("variables")
        .forEach((name, value) -> variables.put(name, value == null ? "" : value));
    var session =
        new Session(
            fields.integer("session"),
            fields.text("name"),
            new Leader(leader.pid(), fields.text("command")),
            Environment.of(variables),
            fields.instant("since"),
            fields.truth("login"));
    return new SessionMemory(session, leader);
  }

  private static ProcessMemory process(Fields fields) throws IOException {
    var process = identity(fields, "");
    int lastRun = fields.has("last_run") ? fields.integer("last_run") : process.pid();
    var living = new ProcessMemory.Living(process, identity(fields, "script_"), lastRun);
    return new ProcessMemory(
        key(fields.text("process")),
        fields.text("name"),
        state(fields),
        living,
        past(fields),
        fields.text("letters"),
        fields.variables("needs"));
  }

  private static ProcessMemory.Key key(String text) throws IOException {
    boolean logger = text.endsWith(LOGGER);
    String id = logger ? text.substring(0, text.length() - LOGGER.length()) : text;
    int dash = id.indexOf('-');
    try {
      long device = Long.parseUnsignedLong(id.substring(0, Math.max(0, dash)), HEX);
      long inode = Long.parseUnsignedLong(id.substring(dash + 1), HEX);
      return new ProcessMemory.Key(new ServiceId(device, inode), logger);
    } catch (NumberFormatException noId) {
      throw new IOException("no service: " + text, noId);
    }
  }

  private static ServiceState state(Fields fields) throws IOException {
    return new ServiceState(
        Words.phase(fields),
        fields.word(Wanted.class, "wanted"),
        fields.truth("paused"),
        script(fields.text("script")),
        fields.integer("quick_deaths"));
  }

  private static @Nullable Command script(String letter) throws IOException {
    if (letter.isEmpty()) {
      return null;
    }
    var command = Command.ofLetter(letter.charAt(0));
    if (command == null) {
      throw new IOException("no letter: " + letter);
    }
    return command;
  }

  private static ProcessMemory.Past past(Fields fields) throws IOException {
    var exit =
        fields.has("exit")
            ? new ExitStatus(fields.integer("exit"), fields.integer("signal"), fields.truth("core"))
            : null;
    @Nullable Instant restartAt = fields.has("restart_at") ? fields.instant("restart_at") : null;
    var since = fields.instant("since");
    return new ProcessMemory.Past(
        since,
        fields.has("started") ? fields.instant("started") : since,
        fields.number("starts"),
        fields.integer("deaths"),
        exit,
        restartAt);
  }

  private static ProcessIdentity identity(Fields fields, String prefix) throws IOException {
    return new ProcessIdentity(fields.integer(prefix + "pid"), fields.number(prefix + "start"));
  }
}
