package org.usersvc.daemon.render;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.ServiceView;

/**
 * All that is known of one service, as {@code usersvc show} prints it. Of one moment.
 *
 * @param neededBy the names of the services that depend on it, native text
 */
public record ServicePage(
    ServiceView view,
    Origin origin,
    List<Member> processes,
    List<String> neededBy,
    List<String> log) {
  private static final int LABEL = 12;
  private static final int KIB_OF_MIB = 1024;

  /**
   * Where its definition comes from.
   *
   * @param paths of the directory, or of the unit's files
   * @param own the names of files in its service directory that enable has not made
   * @param overriding the paths of the user's files that stand in place of the definition's
   */
  public record Origin(List<String> paths, List<String> own, List<String> overriding) {
    /** One that consists of these files alone. */
    public Origin(List<String> paths) {
      this(paths, List.of(), List.of());
    }
  }

  /** One process of the service, its main one first. */
  public record Member(int pid, long cpuMillis, long memoryKib, String command) {}

  /** The page for people, a line each; times of that zone. */
  public List<String> text(ZoneId zone) {
    var lines = new ArrayList<String>();
    lines.add(
        view.name()
            + ": "
            + view.state()
            + (view.lives() ? " (pid " + view.pid() + ")" : "")
            + " for "
            + ServiceTable.age(view.age().toSeconds()));
    add(lines, "why", view.why());
    add(lines, "wanted", view.wanted() + (view.isNormallyUp() ? ", starts by itself" : ""));
    origin.paths().forEach(path -> add(lines, "defined in", path));
    origin.overriding().forEach(path -> add(lines, "overridden", "by " + path));
    add(lines, "own files", String.join(", ", origin.own()));
    for (var process : processes) {
      add(lines, "process", line(process));
    }
    add(lines, "last end", lastEnd());
    var next = view.nextStart();
    add(lines, "next start", next == null ? "" : ScheduleLine.local(next, zone));
    add(lines, "needs", String.join(", ", view.needs()));
    add(lines, "waits for", String.join(", ", view.follows()));
    add(lines, "needed by", String.join(", ", neededBy));
    add(lines, "needs set", String.join(", ", view.needed()));
    add(lines, "not set", String.join(", ", view.missing()));
    add(lines, "log", log.isEmpty() ? "usersvc log " + view.nativeName() : log.getFirst());
    for (int i = 1; i < log.size(); i++) {
      add(lines, "", log.get(i));
    }
    return lines;
  }

  private static void add(List<String> lines, String label, String text) {
    if (!text.isEmpty()) {
      lines.add("  " + label + " ".repeat(LABEL - label.length()) + NativeText.printable(text));
    }
  }

  private static String line(Member process) {
    long tenths = process.memoryKib() * 10 / KIB_OF_MIB;
    return process.pid()
        + "  "
        + (process.cpuMillis() / 1000 + "." + process.cpuMillis() % 1000 / 100)
        + " s CPU  "
        + (tenths / 10 + "." + tenths % 10)
        + " MiB  "
        + process.command();
  }

  private String lastEnd() {
    var exit = view.lastExit();
    return exit == null
        ? ""
        : exit.describe() + "; started " + view.starts() + ", ended unasked " + view.deaths();
  }

  /** The same as one JSON document. */
  public String json() {
    String service = Json.service(view);
    return Json.object(json -> {
      json.writeFieldName("service");
      json.writeRawValue(service);
      Json.texts(json, "defined_in", origin.paths());
      Json.texts(json, "own_files", origin.own());
      Json.texts(json, "overridden_by", origin.overriding());
      json.writeArrayFieldStart("processes");
      for (var process : processes) {
        write(json, process);
      }
      json.writeEndArray();
      Json.texts(json, "depends_on", view.needs());
      Json.texts(json, "waits_for", view.follows());
      Json.texts(json, "needed_by", neededBy);
      Json.texts(json, "log_lines", log);
    });
  }

  private static void write(JsonGenerator json, Member process) throws IOException {
    json.writeStartObject();
    json.writeNumberField("pid", process.pid());
    json.writeNumberField("cpu_ms", process.cpuMillis());
    json.writeNumberField("memory_kib", process.memoryKib());
    json.writeStringField("command", process.command());
    json.writeEndObject();
  }
}
