package org.usersvc.daemon.state;

import java.io.IOException;
import java.time.Instant;
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
  private final Map<String, ProcessMemory> processes = new LinkedHashMap<>();
  private final Map<String, SessionMemory> sessions = new LinkedHashMap<>();
  private Map<String, @Nullable String> byHand = Map.of();
  private int lastSession;
  private @Nullable Header header;
  private int version;
  private int lines;
  private boolean complete = true;

  private StateParser() {}

  /** Never fails: what makes no sense is left out, with all that follows it. */
  static StateParser of(byte[] bytes) {
    var parser = new StateParser();
    int from = 0;
    for (int i = 0; i < bytes.length && parser.complete; i++) {
      if (bytes[i] == '\n') {
        parser.take(bytes, from, i - from);
        from = i + 1;
      }
    }
    parser.complete &= from == bytes.length && bytes.length > 0;
    return parser;
  }

  /** Null if the first line does not tell. */
  @Nullable Header header() {
    return header;
  }

  int version() {
    return version;
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
        lastSession);
  }

  private void take(byte[] bytes, int from, int length) {
    try {
      take(Fields.parse(bytes, from, length));
      lines++;
    } catch (IOException ignored) { // told by whoever asks for the file
      complete = false;
    }
  }

  private void take(Fields fields) throws IOException {
    if (lines == 0) {
      version = fields.integer("version");
      if (version != Header.VERSION) {
        throw new IOException("another version");
      }
      header = new Header(fields.text("boot"), identity(fields, ""));
    } else if (fields.has("gone")) {
      processes.remove(fields.text("gone"));
      sessions.remove(fields.text("gone"));
    } else if (fields.has("process")) {
      var memory = process(fields);
      processes.put(memory.key().text(), memory);
    } else if (fields.has("session")) {
      var memory = session(fields);
      sessions.put(StateFile.sessionKey(memory.session().id()), memory);
    } else if (fields.has("environment")) {
      byHand = fields.variables("environment");
      lastSession = fields.integer("last_session");
    } else {
      throw new IOException("about nothing");
    }
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
            fields.instant("since"));
    return new SessionMemory(session, leader);
  }

  private static ProcessMemory process(Fields fields) throws IOException {
    var id = new ServiceId(fields.number("device"), fields.number("inode"));
    var living =
        new ProcessMemory.Living(
            identity(fields, ""), identity(fields, "script_"), fields.integer("last_run"));
    return new ProcessMemory(
        new ProcessMemory.Key(id, fields.truth("logger")),
        fields.text("name"),
        state(fields),
        living,
        past(fields),
        fields.text("letters"),
        fields.variables("needs"));
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
    return new ProcessMemory.Past(
        fields.instant("since"),
        fields.instant("started"),
        fields.number("starts"),
        fields.integer("deaths"),
        exit,
        restartAt);
  }

  private static ProcessIdentity identity(Fields fields, String prefix) throws IOException {
    return new ProcessIdentity(fields.integer(prefix + "pid"), fields.number(prefix + "start"));
  }
}
