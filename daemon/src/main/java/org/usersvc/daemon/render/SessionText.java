package org.usersvc.daemon.render;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Session;

/** The texts about sessions for clients. */
public final class SessionText {
  private static final String[] HEAD = {"ID", "KIND", "LEADER", "FOR", "VARIABLES", "NAME"};

  private SessionText() {}

  /** A head line and a line for each session. */
  public static List<String> table(List<Session> sessions, Instant now) {
    var rows = new ArrayList<String[]>();
    rows.add(HEAD);
    for (var session : sessions) {
      rows.add(
          new String[] {
            Integer.toString(session.id()),
            session.kind(),
            leader(session),
            ServiceTable.age(Math.max(0, Duration.between(session.since(), now).toSeconds())),
            Integer.toString(session.variables().variables().size()),
            session.name()
          });
    }
    return Table.lines(rows);
  }

  private static String leader(Session session) {
    return session.leader().command() + "(" + session.leader().pid() + ")";
  }

  /** All of one session, a line for each fact and each variable. */
  public static List<String> details(Session session) {
    var lines = new ArrayList<String>();
    lines.add("id: " + session.id());
    lines.add("name: " + session.name());
    lines.add("kind: " + session.kind());
    lines.add("leader: " + leader(session));
    lines.add("since: " + session.since());
    session.variables().variables().forEach((name, value) -> lines.add(variable(name, value)));
    return lines;
  }

  /** {@code NAME=VALUE} on one line. */
  public static String variable(String name, String value) {
    return NativeText.printable(name) + "=" + NativeText.printable(value);
  }

  /** A head line, and a line for each variable and where its value comes from. */
  public static List<String> sources(Map<String, String> sources) {
    var rows = new ArrayList<String[]>();
    rows.add(new String[] {"VARIABLE", "FROM"});
    sources.forEach((name, from) -> rows.add(new String[] {NativeText.printable(name), from}));
    return Table.lines(rows);
  }

  /** The same as one JSON document. */
  public static String json(Session session) {
    return Json.object(json -> {
      json.writeNumberField("id", session.id());
      json.writeStringField("name", session.name());
      json.writeStringField("kind", session.kind());
      json.writeNumberField("leader", session.leader().pid());
      json.writeStringField("command", session.leader().command());
      json.writeStringField("since", session.since().toString());
      json.writeObjectFieldStart("variables");
      for (var variable : session.variables().variables().entrySet()) {
        json.writeStringField(variable.getKey(), variable.getValue());
      }
      json.writeEndObject();
    });
  }
}
