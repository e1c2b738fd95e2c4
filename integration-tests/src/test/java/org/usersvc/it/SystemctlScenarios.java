package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real systemctl: every verb that people use, its words and its exit status. */
@ExtendWith(TreeExtension.class)
abstract class SystemctlScenarios {
  private static final String WEB = "web.service";

  /** Says at which door systemctl asks. */
  abstract Units reached(Units units);

  /** Units of which {@code web} stays and {@code bad} fails. */
  private Units units(Tree tree) throws IOException {
    return reached(Units.of(tree))
        .unit(
            WEB,
            "[Unit]",
            "Description=The web",
            "Documentation=man:web(1)",
            "[Service]",
            Units.STEADY,
            "ExecReload=sh -c 'echo reload $MAINPID >> TRACE'",
            "[Install]",
            "WantedBy=default.target",
            "Alias=www.service")
        .failing("bad");
  }

  @Test
  void startStopAndWhetherItIsActive(Tree tree) throws IOException {
    var units = units(tree).startOnBus();
    assertThat(units.systemctl("is-active", "web").expect(3).out()).isEqualTo("inactive\n");
    units.systemctl("start", "web").expect(0);
    assertThat(units.systemctl("is-active", "web").expect(0).out()).isEqualTo("active\n");
    assertThat(units.systemctlOnBus("is-active", "web").expect(0).out()).isEqualTo("active\n");
    units.systemctl("is-active", "--quiet", "bad").expect(3);
    assertThat(units.systemctl("is-failed", "web").expect(1).out()).isEqualTo("active\n");
    int pid = units.pid(WEB);
    units.systemctlOnBus("start", "web").expect(0);
    assertThat(units.pid(WEB)).isEqualTo(pid);
    units.systemctlOnBus("stop", "web").expect(0);
    units.systemctl("stop", "web").expect(0);
    units.expectStates("inactive/dead", WEB);
  }

  @Test
  void restartReloadAndTheirVariants(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("try-restart", "web").expect(0);
    units.expectStates("inactive/dead", WEB);
    units.systemctl("reload", "web").expect(1);
    units.systemctl("restart", "web").expect(0);
    int first = units.pid(WEB);
    units.systemctl("reload", "web").expect(0);
    units.systemctl("reload-or-restart", "web").expect(0);
    units.systemctl("try-reload-or-restart", "web").expect(0);
    assertThat(units.pid(WEB)).isEqualTo(first);
    units.awaitTrace("reload " + first, "reload " + first, "reload " + first);
    units.systemctl("restart", "web").expect(0);
    int second = units.pid(WEB);
    assertThat(second).isNotEqualTo(first);
    units.systemctl("try-restart", "web").expect(0);
    assertThat(units.pid(WEB)).isNotEqualTo(second);
    assertThat(units.systemctl("reload", "bad").expect(3).err())
        .contains("Job type reload is not applicable for unit bad.service.");
  }

  @Test
  void aFailureIsExplainedAndReset(Tree tree) throws IOException {
    var units = units(tree).start();
    assertThat(units.systemctl("start", "bad").expect(1).err())
        .contains(
            "Job for bad.service failed because the control process exited with error code.",
            "systemctl --user status bad.service");
    assertThat(units.systemctl("is-failed", "bad").expect(0).out()).isEqualTo("failed\n");
    assertThat(units.systemctl("status", "bad").expect(3).out())
        .contains("Active: failed (Result: exit-code) since ", "ExecStart=false")
        .contains("(code=exited, status=1/FAILURE)");
    assertThat(units.systemctl("--failed", "--plain", "--no-legend").expect(0).out())
        .containsPattern("^bad\\.service loaded failed failed bad\\.service\n$");
    units.systemctl("reset-failed", "bad").expect(0);
    assertThat(units.systemctl("is-failed", "bad").expect(1).out()).isEqualTo("inactive\n");
    units.systemctl("start", "bad").expect(1);
    units.systemctl("reset-failed").expect(0);
    assertThat(units.systemctl("--failed", "--no-legend").expect(0).out()).isEmpty();
  }

  @Test
  void statusTellsWhatRuns(Tree tree) throws IOException {
    var units = units(tree).start();
    assertThat(units.systemctl("status", "web").expect(3).out())
        .contains("web.service - The web")
        .contains("Loaded: loaded (" + units.directory() + "/web.service; disabled")
        .contains("Active: inactive (dead)", "Docs: man:web(1)");
    units.systemctl("start", "web").expect(0);
    assertThat(units.systemctl("status", "web").expect(0).out())
        .contains("Active: active (running) since ")
        .contains("Main PID: " + units.pid(WEB) + " (sleep)");
    assertThat(units.systemctl("status", "" + units.pid(WEB)).expect(0).out())
        .contains("web.service - The web");
    assertThat(units.systemctl("status").expect(0).out()).contains("State: running");
    assertThat(units.systemctl("status", "nosuch").expect(4).err())
        .isEqualTo("Unit nosuch.service could not be found.\n");
  }

  @Test
  void showGivesProperties(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("start", "web").expect(0);
    assertThat(
            units.systemctl("show", "-p", "Id", "-p", "ActiveState,MainPID", "web").expect(0).out())
        .contains("Id=web.service\n", "ActiveState=active\n", "MainPID=" + units.pid(WEB) + "\n");
    assertThat(units.systemctl("show", "web").expect(0).out())
        .contains("Type=simple\n", "Restart=no\n", "LoadState=loaded\n", "UnitFileState=disabled\n")
        .contains("FragmentPath=" + units.directory() + "/web.service\n")
        .contains("CanReload=yes\n", "Transient=no\n", "Description=The web\n", "Result=success\n")
        .containsPattern("(?m)^InvocationID=[0-9a-f]{32}$")
        .containsPattern("(?m)^ExecStart=\\{ path=[^ ]*sleep ; argv\\[]=sleep 1000 ; ")
        .containsPattern("(?m)^After=.*\\bbasic\\.target\\b")
        .containsPattern("(?m)^ActiveEnterTimestamp=... 20");
    assertThat(units.systemctl("show", "-p", "LoadState,ActiveState", "nosuch").expect(0).out())
        .contains("LoadState=not-found\n", "ActiveState=inactive\n");
    assertThat(units.systemctl("show").expect(0).out())
        .contains("Version=", "NJobs=0\n", "NFailedUnits=0\n")
        .containsPattern("(?m)^UnitPath=.*/\\.config/systemd/user\\b");
  }

  @Test
  void listsShowUnitsFilesAndWhatDependsOnThem(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("start", "web").expect(0);
    assertThat(units.systemctl("list-units", "--plain", "w*").expect(0).out())
        .containsPattern("(?m)^ *web\\.service +loaded active running The web$")
        .contains("1 loaded units listed.");
    assertThat(units.systemctl("list-units", "--type=target", "--plain").expect(0).out())
        .containsPattern("(?m)^ *basic\\.target +loaded active active ");
    assertThat(units.systemctl("list-unit-files", "web*", "bad*").expect(0).out())
        .containsPattern("(?m)^web\\.service +disabled ")
        .containsPattern("(?m)^bad\\.service +static ")
        .contains("2 unit files listed.");
    assertThat(units.systemctl("list-jobs").expect(0).out()).isEqualTo("No jobs running.\n");
    assertThat(units.systemctl("list-dependencies", "--plain", "web").expect(0).out())
        .startsWith("web.service\n")
        .contains("  basic.target\n", "  sockets.target\n");
    assertThat(
            units.systemctl("list-dependencies", "--plain", "--reverse", "basic.target").expect(0))
        .extracting(Ran::out)
        .asString()
        .contains("web.service\n");
    units.systemctl("list-timers").expect(0);
    units.systemctl("list-sockets").expect(0);
  }

  @Test
  void catShowsTheFileAndItsDropIns(Tree tree) throws IOException {
    var units = units(tree).unit("web.service.d/x.conf", "[Service]", "Environment=A=1").start();
    assertThat(units.systemctl("cat", "web").expect(0).out())
        .startsWith("# " + units.directory() + "/web.service\n[Unit]\nDescription=The web\n")
        .contains("\n# " + units.directory() + "/web.service.d/x.conf\n[Service]\nEnvironment=A=1");
    assertThat(units.systemctl("cat", "nosuch").expect(1).err()).contains("nosuch.service");
  }

  @Test
  void enableMakesLinksThatTheTargetFollows(Tree tree) throws IOException {
    var units = units(tree).start();
    assertThat(units.systemctl("is-enabled", "web").expect(1).out()).isEqualTo("disabled\n");
    units.systemctl("enable", "web").expect(0);
    assertThat(units.directory().resolve("default.target.wants/web.service")).isSymbolicLink();
    assertThat(units.systemctl("is-enabled", "web", "www").expect(0).out())
        .isEqualTo("enabled\nalias\n");
    units.awaitProperty(WEB, "UnitFileState", "enabled");
    units.systemctl("start", "www").expect(0);
    units.expectStates("active/running", WEB);
    units.systemctl("stop", "web").expect(0);
    units.systemctl("daemon-reload").expect(0);
    units.systemctl("start", "default.target").expect(0);
    units.expectStates("active/running", WEB);
    units.systemctl("disable", "--now", "web").expect(0);
    units.expectStates("inactive/dead", WEB);
    assertThat(units.directory().resolve("default.target.wants/web.service")).doesNotExist();
  }

  @Test
  void enableNowStartsAtOnce(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("enable", "--now", "web").expect(0);
    units.expectStates("active/running", WEB);
    units.systemctl("reenable", "web").expect(0);
    assertThat(units.systemctl("is-enabled", "web").expect(0).out()).isEqualTo("enabled\n");
  }

  @Test
  void aMaskedUnitDoesNotStart(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("mask", "gone").expect(0);
    assertThat(units.systemctl("start", "gone").expect(1).err())
        .contains("Unit gone.service is masked.");
    assertThat(units.systemctl("is-enabled", "gone").expect(1).out()).isEqualTo("masked\n");
    assertThat(units.property("gone.service", "LoadState")).isEqualTo("masked");
    units.systemctl("unmask", "gone").expect(0);
    assertThat(units.systemctl("start", "gone").expect(5).err())
        .contains("Unit gone.service not found.");
  }

  @Test
  void aFileFromElsewhereCanBeLinked(Tree tree) throws IOException {
    var units = units(tree).start();
    var file = tree.root().resolve("far.service");
    Files.writeString(file, "[Service]\n" + Units.STEADY + "\n");
    units.systemctl("link", file.toString()).expect(0);
    units.systemctl("start", "far").expect(0);
    units.expectStates("active/running", "far.service");
    assertThat(units.systemctl("is-enabled", "far").expect(1).out()).isEqualTo("linked\n");
    units.systemctl("disable", "--now", "far").expect(0);
    assertThat(units.systemctl("start", "far").expect(5).err()).contains("not found");
  }

  @Test
  void aDropInCountsAfterAReloadAndIsReverted(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("start", "web").expect(0);
    int pid = units.pid(WEB);
    units.unit("web.service.d/x.conf", "[Unit]", "Description=Changed");
    units.systemctl("daemon-reload").expect(0);
    assertThat(units.pid(WEB)).isEqualTo(pid);
    assertThat(units.property(WEB, "Description")).isEqualTo("Changed");
    assertThat(units.property(WEB, "NeedDaemonReload")).isEqualTo("no");
    assertThat(units.property(WEB, "DropInPaths")).endsWith("/web.service.d/x.conf");
    units.systemctl("revert", "web").expect(0);
    units.systemctl("daemon-reload").expect(0);
    assertThat(units.property(WEB, "Description")).isEqualTo("The web");
    units.expectStates("active/running", WEB);
  }

  @Test
  void aChangedFileOfAnActiveUnitNeedsAReload(Tree tree) throws IOException {
    var units = units(tree).start();
    units.systemctl("start", "web").expect(0);
    var file = units.directory().resolve(WEB);
    Files.writeString(file, Files.readString(file).replace("The web", "Another"));
    assertThat(units.systemctl("restart", "web").expect(0).err())
        .contains("changed on disk. Run 'systemctl --user daemon-reload' to reload units.");
    assertThat(units.property(WEB, "Description")).isEqualTo("The web");
    units.systemctl("daemon-reload").expect(0);
    assertThat(units.property(WEB, "Description")).isEqualTo("Another");
  }

  @Test
  void killSendsSignals(Tree tree) throws IOException {
    var units =
        units(tree)
            .service(
                "trap",
                "Type=notify",
                "NotifyAccess=all",
                "ExecStart=sh -c 'trap \"echo hup >> TRACE\" HUP; systemd-notify --ready;"
                    + " while :; do sleep 0.02; done'")
            .start();
    units.systemctl("start", "trap", "web").expect(0);
    units.systemctl("kill", "--signal=HUP", "--kill-whom=main", "trap").expect(0);
    units.awaitTrace("hup");
    units.systemctl("kill", "trap").expect(0);
    units.awaitState("trap.service", "inactive/dead");
    units.systemctl("kill", "--signal=KILL", "web").expect(0);
    units.awaitState(WEB, "failed/failed");
    assertThat(units.property(WEB, "Result")).isEqualTo("signal");
    units.systemctl("kill", "nosuch").expect(1);
  }

  @Test
  void theEnvironmentReachesWhatStartsLater(Tree tree) throws IOException {
    var units =
        units(tree)
            .service("tell", "Type=oneshot", "ExecStart=sh -c 'echo \"$A/$B/$C\" >> TRACE'")
            .unit("cond.service", "[Unit]", "ConditionEnvironment=A=x y", "[Service]", Units.STEADY)
            .startOnBus();
    units.systemctl("set-environment", "A=x y", "B=1").expect(0);
    units.run("env", "C=here", "systemctl", "--user", "import-environment", "C").expect(0);
    units.systemctl("start", "tell", "cond").expect(0);
    units.expectStates("active/running", "cond.service");
    assertThat(units.systemctlOnBus("show-environment").expect(0).out()).contains("\nB=1\n");
    units.systemctlOnBus("unset-environment", "A", "C").expect(0);
    units.systemctl("start", "tell").expect(0);
    units.awaitTrace("x y/1/here", "/1/");
    units.systemctl("set-environment", "1A=x").expect(1);
  }

  @Test
  void startWaitsForTheEndIfAsked(Tree tree) throws IOException {
    var units =
        units(tree)
            .service("short", "ExecStart=sh -c 'until test -e %h/go; do sleep 0.02; done; exit 3'")
            .startOnBus();
    var wait = units.systemctlBeside("start", "--wait", "short");
    units.awaitState("short.service", "active/running");
    units.go();
    assertThat(wait.awaitEnd()).isEqualTo(1);
    units.expectStates("failed/failed", "short.service");
    units.systemctl("restart", "--wait", "short").expect(1);
  }

  @Test
  void noBlockReturnsAtOnceAndJobsCanBeCancelled(Tree tree) throws IOException {
    var units = units(tree).waiting("slow").oneshot("next", "After=slow.service").start();
    units.systemctl("start", "--no-block", "slow", "next").expect(0);
    units.awaitState("slow.service", "activating/start");
    var jobs = units.systemctl("list-jobs", "--no-legend").expect(0).out();
    assertThat(jobs).containsPattern("slow\\.service +start +running");
    var id = jobs.replaceAll("(?s).*?([0-9]+) +next\\.service +start +waiting.*", "$1");
    units.systemctl("cancel", id).expect(0);
    assertThat(units.systemctl("list-jobs").expect(0).out()).doesNotContain("next");
    assertThat(units.systemctl("cancel", "4000000").expect(1).err()).contains("does not exist");
    units.go().awaitTrace("slow");
    units.expectStates("inactive/dead", "next.service");
  }

  @Test
  void patternsMeanLoadedUnits(Tree tree) throws IOException {
    var units = units(tree).steady("work-a").steady("work-b").start();
    units.systemctl("start", "work-a", "work-b", "web").expect(0);
    units.systemctl("stop", "work-*").expect(0);
    units.expectStates("inactive/dead", "work-a.service", "work-b.service");
    units.expectStates("active/running", WEB);
    units.systemctl("start", "work-*").expect(0);
    units.expectStates("inactive/dead", "work-a.service");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start nosuch|5|Failed to start nosuch.service: Unit nosuch.service not found.",
        "stop nosuch|5|Failed to stop nosuch.service: Unit nosuch.service not loaded.",
        "restart nosuch|5|Failed to restart nosuch.service: Unit nosuch.service not found.",
        "kill nosuch|1|Unit nosuch.service not loaded.",
        "reset-failed nosuch|1|Unit nosuch.service not loaded.",
        "start a@.service|1|Unit name a@.service is missing the instance name.",
        "isolate basic.target|4|Operation refused, unit may not be isolated.",
        "start --job-mode=nonsense bad|1|Failed to start bad.service: ",
        "is-enabled nosuch|1|Failed to get unit file state for nosuch.service: No such"
      })
  void aWrongRequestIsExplained(String words, int status, String text, Tree tree)
      throws IOException {
    var ran = units(tree).start().systemctl(words.split(" ", -1)).expect(status);
    assertThat(ran.err()).contains(text);
  }

  @Test
  void aHundredUnitsStartAndStopInOneRequest(Tree tree) throws IOException {
    var units = units(tree).service("many@", Units.STEADY, "Environment=A=%i");
    var names = new String[101];
    for (int i = 1; i < names.length; i++) {
      names[i] = "many@" + i + ".service";
    }
    names[0] = "start";
    units.start().systemctl(names).expect(0);
    assertThat(units.systemctl("list-units", "--plain", "--no-legend", "many@*").out().lines())
        .hasSize(100)
        .allMatch(line -> line.contains(" active running "));
    names[0] = "stop";
    units.systemctl(names).expect(0);
    assertThat(units.systemctl("list-units", "--no-legend", "many@*").expect(0).out()).isEmpty();
  }
}
