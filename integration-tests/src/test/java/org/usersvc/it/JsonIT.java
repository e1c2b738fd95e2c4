package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every verb prints with {@code --json} is what the schema in the image says. */
@ExtendWith(TreeExtension.class)
final class JsonIT {
  /** Verbs that print no document, or have a test of their own. */
  private static final Set<String> SILENT =
      Set.of("activate", "events", "help", "rescan", "switch", "top");

  private final Set<String> tried = new TreeSet<>();
  private final Set<String> seen = new TreeSet<>();
  private final JsonSchema schema = schema();

  private static JsonSchema schema() {
    try {
      return JsonSchema.shipped();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Ran ask(Tree tree, String... words) throws IOException {
    var line = new ArrayList<>(List.of("--json"));
    line.addAll(List.of(words));
    tried.add(words[0]);
    return tree.usersvc(line.toArray(String[]::new));
  }

  private void expect(String kind, Ran ran) {
    seen.add(kind);
    schema.expect(kind, ran.out());
  }

  private void good(Tree tree, String kind, String... words) throws IOException {
    expect(kind, ask(tree, words).expect(0));
  }

  @Test
  void everyVerbPrintsLinesOfItsKind(Tree tree) throws IOException {
    tree.service("web").steady().log().run("exec cat");
    tree.service("tick").run("exit 0").file("schedule", "yearly\n").file("type", "oneshot\n");
    tree.service("needy").steady().file("needs-env", "NOBODY_SETS\n");
    tree.service("bad").run("exit 3").file("down", "").file("restart", "no\n");
    var units = Units.of(tree);
    units.unit("unit.service", "[Service]", Units.STEADY, "[Install]", "WantedBy=default.target");
    var daemon = units.start().daemon();
    tree.service("web").awaitUp();
    answersOfServices(tree);
    commands(tree);
    sessions(tree);
    definitions(tree);
    daemons(tree, daemon);
    assertThat(untried(tree)).isEqualTo(SILENT);
    var parts = Set.of("state", "process", "event");
    assertThat(schema.kinds()).allMatch(kind -> seen.contains(kind) || parts.contains(kind));
  }

  private Set<String> untried(Tree tree) throws IOException {
    var help = tree.usersvc("--help").expect(0).out();
    var verbs = new TreeSet<String>();
    var verb = Pattern.compile("^  ([a-z0-9-]+)  ", Pattern.MULTILINE);
    verb.matcher(help.substring(help.indexOf("Verbs:"), help.indexOf("Exit status:")))
        .results()
        .forEach(found -> verbs.add(found.group(1)));
    assertThat(verbs).contains("up", "force-shutdown");
    verbs.removeAll(tried);
    return verbs;
  }

  private void answersOfServices(Tree tree) throws IOException {
    good(tree, "operation", "up", "unit.service");
    good(tree, "service", "list");
    good(tree, "service", "status", "web", "web/log", "unit.service");
    good(tree, "service", "schedule");
    good(tree, "page", "show", "web", "unit.service", "tick");
    good(tree, "node", "tree");
    good(tree, "word", "is-active", "web");
    expect("word", ask(tree, "is-failed", "web").expect(1));
    good(tree, "word", "is-enabled", "web");
    expect("operation", ask(tree, "up", "bad").expect(1));
    expect("operation", ask(tree, "wait", "-w", "0.1", "bad").expect(1));
    good(tree, "log_line", "log", "bad");
  }

  private void commands(Tree tree) throws IOException {
    for (var verb :
        List.of("pause", "cont", "hup", "alarm", "interrupt", "quit", "1", "2", "term", "kill")) {
      good(tree, "operation", "up", "web");
      good(tree, "operation", verb, "web");
    }
    for (var verb :
        List.of(
            "up",
            "start",
            "once",
            "wait",
            "check",
            "restart",
            "try-restart",
            "reload",
            "force-reload",
            "force-restart",
            "down",
            "stop",
            "force-stop")) {
      expect("operation", ask(tree, verb, "web")); // HUP ends it
    }
    for (var verb : List.of("exit", "shutdown", "force-shutdown")) {
      tree.service(verb).steady();
      tree.usersvc("rescan").expect(0);
      good(tree, "operation", verb, verb);
    }
  }

  private void sessions(Tree tree) throws IOException {
    var leader = tree.begin("sleep", "1000");
    good(tree, "session", "session", "register", "--leader", "" + leader.pid(), "A=b");
    good(tree, "session", "session", "list");
    good(tree, "variables", "env");
    good(tree, "variables", "env", "sources");
    tree.usersvc("up", "web").expect(0);
    tree.usersvc("env", "set", "NEW=1").expect(0);
    expect("variable_change", ask(tree, "env", "diff", "web").expect(1));
  }

  private void definitions(Tree tree) throws IOException {
    good(tree, "made", "new", "own", "--exec", "sleep 1000");
    expect("failure", ask(tree, "new", "own", "--exec", "sleep 1000").expect(1));
    good(tree, "offer", "enable");
    good(tree, "enablement", "enable", "own");
    good(tree, "unit_change", "enable", "unit.service");
    tree.shell("echo '#!/bin/sh\necho \"#!/bin/sh\" > \"$1\"' > editor; chmod +x editor").expect(0);
    tried.add("edit");
    for (var words : List.of("edit own finish", "override ssh-agent finish")) {
      String line = "VISUAL=$PWD/editor TMPDIR=$PWD " + Programs.image("usersvc") + " --json ";
      expect("edited", tree.shell(line + words).expect(0));
    }
    good(tree, "override", "override", "ssh-agent");
    good(tree, "marked", "override", "ssh-agent", "--remove", "finish");
    good(tree, "file", "cat", "own");
    good(tree, "enablement", "disable", "own");
    good(tree, "marked", "mask", "ssh-agent");
    good(tree, "marked", "unmask", "ssh-agent");
    tree.service("bad").file("restrat", "no\n");
    expect("mistake", ask(tree, "verify", "bad").expect(1));
    good(tree, "run", "run", "--name", "job", "true");
    good(tree, "run", "run", "--wait", "--name", "job", "true");
  }

  /** The last of all: then no daemon runs. */
  private void daemons(Tree tree, Daemon daemon) throws IOException {
    good(tree, "version", "version");
    good(tree, "replacement", "reexec");
    good(tree, "instance", "instances");
    good(tree, "lingering", "linger");
    expect("finding", ask(tree, "doctor"));
    good(tree, "stopped_daemon", "stop-daemon");
    daemon.awaitEnd();
  }

  @Test
  void changesOfStateAreLinesOfTheirKind(Tree tree) throws IOException {
    tree.service("web").steady();
    tree.start();
    var events = tree.begin(Programs.image("usersvc"), "--json", "events");
    Await.until(
        "an event",
        () -> {
          tree.usersvc("restart", "web").expect(0);
          return !events.output().isEmpty();
        });
    schema.expect("event", events.awaitOutput("\\{.*\\}$").group());
  }

  @Test
  void aVerbOfTheDaemonThatFailsPrintsNoDocument(Tree tree) throws IOException {
    tree.start();
    for (var verb : List.of("up", "status", "show", "schedule", "enable")) {
      var failed = ask(tree, verb, "nosuch");
      assertThat(failed.status()).as(verb).isPositive();
      assertThat(failed.out()).as(verb).isEmpty();
      assertThat(failed.err()).as(verb).startsWith("fail: nosuch: ");
    }
  }

  @Test
  void theSchemaIsStrict() {
    String event =
        "{\"time\":\"2026-11-23T18:28:20Z\",\"name\":\"a\","
            + "\"from\":\"run\",\"to\":\"down\",\"pid\":0}";
    assertThat(schema.wrong("event", event)).isEmpty();
    assertThat(schema.wrong("event", event.replace("\"pid\"", "\"pod\""))).hasSize(2);
    assertThat(schema.wrong("event", event.replace("down", "asleep"))).hasSize(1);
    assertThat(schema.wrong("event", event.replace("2026-", "26-"))).hasSize(1);
    assertThat(schema.wrong("service", "{\"name\":\"a\",\"new\":1}")).isNotEmpty();
  }
}
