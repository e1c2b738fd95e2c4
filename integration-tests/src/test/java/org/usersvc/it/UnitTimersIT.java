package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timers and path units, before the real systemctl and systemd-analyze. */
@ExtendWith(TreeExtension.class)
final class UnitTimersIT {
  private static final String TIMER = "a.timer";
  private static final String PATH = "a.path";
  private static final String WAITING = "active/waiting";

  /** Case k06. */
  @Test
  void aTimerElapsesOnceAndStays(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .oneshot("b")
            .unit(TIMER, "[Timer]", "OnActiveSec=300ms", "Unit=b.service")
            .start();
    units.systemctl("start", TIMER).expect(0);
    assertThat(units.property("b.service", "TriggeredBy")).isEqualTo(TIMER);
    assertThat(units.property(TIMER, "Triggers")).isEqualTo("b.service");
    units.awaitTrace("b");
    units.awaitState(TIMER, "active/elapsed");
    assertThat(units.property(TIMER, "LastTriggerUSec")).isNotEmpty();
    units.systemctl("stop", TIMER).expect(0);
    units.expectStates("inactive/dead", TIMER);
  }

  @Test
  void listsShowWhenATimerElapsesNext(Tree tree) throws IOException {
    var units =
        Units.of(tree).oneshot("a").unit(TIMER, "[Timer]", "OnCalendar=2042-10-17 UTC").start();
    units.systemctl("start", TIMER).expect(0);
    assertThat(units.systemctl("list-timers", "--all").expect(0).out())
        .containsPattern("2042-10-1[67].* a.timer +a.service")
        .contains("1 timers listed");
    assertThat(tree.usersvc("list").expect(0).out())
        .containsPattern("a.timer +run .*waiting, next start in 1[0-9]y");
    assertThat(tree.usersvc("status", TIMER).expect(0).out()).contains("next start in");
    assertThat(units.systemctl("status", TIMER).expect(0).out())
        .containsPattern("Triggers: .* a.service");
  }

  @Test
  void aTimerWaitsOnWhenTheDaemonIsKilledOrReplaced(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .oneshot("a")
            .unit(TIMER, "[Timer]", "OnActiveSec=1h", "RandomizedDelaySec=1h")
            .start();
    units.systemctl("start", TIMER).expect(0);
    var next = units.property(TIMER, "NextElapseUSecMonotonic");
    units.daemon().kill();
    units.daemon().awaitEnd();
    units.start();
    units.expectStates(WAITING, TIMER);
    assertThat(units.property(TIMER, "NextElapseUSecMonotonic")).isEqualTo(next);
    tree.usersvc("reexec").expect(0);
    units.expectStates(WAITING, TIMER);
    assertThat(units.property(TIMER, "NextElapseUSecMonotonic")).isEqualTo(next);
  }

  @Test
  void whatAPersistentTimerMissedIsMadeUpFor(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .oneshot("a")
            .unit(TIMER, "[Timer]", "OnCalendar=daily", "Persistent=yes")
            .start();
    var stamp = tree.root().resolve(".local/share/systemd/timers/stamp-a.timer");
    Files.createDirectories(stamp.getParent());
    Ran.of("touch", "--date=2 days ago", stamp.toString()).expect(0);
    units.systemctl("start", TIMER).expect(0);
    units.awaitTrace("a");
  }

  private static final Pattern NEXT = Pattern.compile("OnCalendar=(.*) ; next_elapse=(.*) }");

  private static final Pattern NORMAL = Pattern.compile("Normalized form: (.*)");
  private static final Pattern ELAPSE = Pattern.compile("Next elapse: (.*)");

  /** All are of the far future, so that the present moment does not matter. */
  @Test
  void calendarsMeanWhatSystemdSays(Tree tree) throws IOException {
    var events = new Events(7).some(60);
    var lines = new ArrayList<String>(List.of("[Timer]"));
    events.forEach(event -> lines.add("OnCalendar=" + event));
    var units = Units.of(tree).oneshot("a").unit(TIMER, lines.toArray(String[]::new)).start();
    units.systemctl("start", TIMER).expect(0);
    var ours =
        NEXT.matcher(units.systemctl("show", "-p", "TimersCalendar", TIMER).expect(0).out())
            .results()
            .map(found -> found.group(1) + " -> " + found.group(2))
            .toList();
    var words = new ArrayList<String>(List.of("systemd-analyze", "calendar", "--"));
    words.addAll(events);
    var theirs = units.run(words.toArray(String[]::new)).expect(0).out();
    var normal = NORMAL.matcher(theirs).results().map(found -> found.group(1)).toList();
    var next = ELAPSE.matcher(theirs).results().map(found -> found.group(1)).toList();
    assertThat(normal).hasSize(events.size());
    var expected = new ArrayList<String>();
    for (int i = 0; i < events.size(); i++) {
      expected.add(normal.get(i) + " -> " + next.get(i));
    }
    assertThat(ours).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Calendar events by chance, none of them in its normal form. */
  private static final class Events {
    private static final List<String> ZONES =
        List.of("", "", " UTC", " Europe/Berlin", " America/New_York", " Asia/Kathmandu");
    private final Random random;

    Events(long seed) {
      random = new Random(seed);
    }

    List<String> some(int count) {
      var all = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        all.add(
            days()
                + (2035 + random.nextInt(20))
                + (random.nextBoolean() ? "/1-" : "-")
                + field(1, 12)
                + (random.nextInt(4) == 0 ? "~" + (1 + random.nextInt(7)) : "-" + field(1, 28))
                + " %s:%s:0%d".formatted(field(0, 23), field(0, 59), random.nextInt(10))
                + ZONES.get(random.nextInt(ZONES.size())));
      }
      return all;
    }

    private String days() {
      return random.nextInt(3) == 0 ? "Sun,Tue..Thu,Mon " : "";
    }

    private String field(int least, int most) {
      int first = least + random.nextInt((most - least) / 2);
      int last = first + random.nextInt(most - first) + 1;
      return switch (random.nextInt(5)) {
        case 0 -> "*";
        case 1 -> first + ".." + last;
        case 2 -> first + "/" + (1 + random.nextInt(3));
        case 3 -> last + "," + first;
        default -> "" + first;
      };
    }
  }

  /** Case k07. */
  @Test
  void aPathThatExistsStartsItsUnit(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "Type=oneshot", "ExecStart=sh -c 'rm %t/trigger; echo path >> TRACE'")
            .unit(PATH, "[Path]", "PathExists=%t/trigger")
            .start();
    units.systemctl("start", PATH).expect(0);
    units.expectStates(WAITING, PATH);
    for (int i = 0; i < 2; i++) {
      units.clearTrace();
      Files.createFile(tree.runtime().resolve("trigger"));
      units.awaitTrace("path");
      units.awaitState(PATH, WAITING);
    }
    units.systemctl("stop", PATH).expect(0);
    assertThat(units.property(PATH, "Paths")).contains("PathExists", "/trigger");
  }

  @Test
  void changesOfFilesAndDirectoriesStartUnits(Tree tree) throws IOException {
    var file = Files.writeString(tree.root().resolve("file"), "1");
    var units =
        Units.of(tree)
            .oneshot("a")
            .oneshot("b")
            .unit(PATH, "[Path]", "PathChanged=%h/file")
            .unit("b.path", "[Path]", "DirectoryNotEmpty=%h/new/queue", "MakeDirectory=yes")
            .start();
    units.systemctl("start", PATH, "b.path").expect(0);
    Files.writeString(file, "2");
    units.awaitTrace("a");
    units.awaitState(PATH, WAITING);
    Files.createFile(tree.root().resolve("new/queue/job"));
    units.awaitState("b.path", "failed/failed");
    assertThat(units.property("b.path", "Result")).isEqualTo("unit-start-limit-hit");
  }
}
