package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** daemontools' clients: the real ones, busybox's, and our own of the same names. */
@ExtendWith(TreeExtension.class)
abstract class DaemontoolsScenarios {
  abstract Daemon start(Tree tree) throws IOException;

  /** The words that call svc, svok or svstat. */
  abstract List<String> program(String name);

  final Ran run(Tree tree, String program, Object... words) throws IOException {
    var all = new ArrayList<>(program(program));
    Arrays.stream(words).map(Object::toString).forEach(all::add);
    return tree.run(all.toArray(String[]::new));
  }

  final Service web(Tree tree) throws IOException {
    start(tree.scenario("signals"));
    var web = tree.service("web");
    web.awaitUp();
    web.awaitText("got", "started\n");
    tree.service("idle").awaitDown();
    return web;
  }

  @Test
  void svcTakesAServiceDownAndUp(Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    run(tree, "svc", "-d", web.dir()).expect(0);
    web.awaitDown();
    assertThat(Proc.lives(pid)).isFalse();
    run(tree, "svc", "-u", web.dir()).expect(0);
    web.awaitUpAfter(pid);
  }

  @Test
  void svcOnceIsNotRestarted(Tree tree) throws IOException {
    web(tree);
    var idle = tree.service("idle");
    run(tree, "svc", "-o", idle.dir()).expect(0);
    Ran.of("kill", Integer.toString(idle.awaitUp())).expect(0);
    idle.awaitDown();
  }

  @ParameterizedTest
  @CsvSource({"-h,HUP", "-a,ALRM", "-i,INT"})
  void svcSignalsReachRun(String option, String signal, Tree tree) throws IOException {
    var web = web(tree);
    run(tree, "svc", option, web.dir()).expect(0);
    assertThat(web.awaitText("got", signal + "\n")).isEqualTo("started\n" + signal + "\n");
  }

  @Test
  void svcPausesAndContinues(Tree tree) throws IOException {
    var web = web(tree);
    run(tree, "svc", "-p", web.dir()).expect(0);
    Await.until("a stopped process", () -> Proc.field(web.pid(), "State").startsWith("T"));
    run(tree, "svc", "-c", web.dir()).expect(0);
    Await.until("no stopped process", () -> Proc.field(web.pid(), "State").startsWith("S"));
  }

  @ParameterizedTest
  @CsvSource({"-t,0 0", "-k,-1 9"})
  void svcTermAndKillGiveANewRun(String option, String finished, Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    run(tree, "svc", option, web.dir()).expect(0);
    web.awaitUpAfter(pid);
    assertThat(web.read("finished")).isEqualTo(finished + "\n");
  }

  @Test
  void svcTellsSeveralDirectories(Tree tree) throws IOException {
    var web = web(tree);
    var idle = tree.service("idle");
    run(tree, "svc", "-u", idle.dir(), web.dir()).expect(0);
    idle.awaitUp();
    run(tree, "svc", "-d", idle.dir(), web.dir()).expect(0);
    idle.awaitDown();
    web.awaitDown();
  }

  @Test
  void svcExitEndsTheService(Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    run(tree, "svc", "-dx", web.dir()).expect(0);
    Proc.awaitGone(pid);
  }

  @Test
  void svokTellsWhetherItIsSupervised(Tree tree) throws IOException {
    var web = web(tree);
    var other = tree.prepare("other").steady();
    run(tree, "svok", web.dir()).expect(0);
    run(tree, "svok", other.dir()).expect(100);
  }

  /** What only svstat can tell. */
  @ExtendWith(TreeExtension.class)
  abstract static class WithSvstat extends DaemontoolsScenarios {
    @Test
    void svokTellsADirectoryThatIsNotThere(Tree tree) throws IOException {
      var web = web(tree);
      run(tree, "svok", web.dir() + "-nosuch").expect(111);
    }

    @Test
    void svstatDescribesUpAndDown(Tree tree) throws IOException {
      var web = web(tree);
      var idle = tree.service("idle");
      assertThat(run(tree, "svstat", web.dir(), idle.dir()).expect(0).out())
          .matches(
              "\\Q%s\\E: up \\(pid %d\\) \\d+ seconds\n\\Q%s\\E: down \\d+ seconds\n"
                  .formatted(web.dir(), web.pid(), idle.dir()));
      run(tree, "svc", "-d", web.dir()).expect(0);
      web.awaitDown();
      run(tree, "svc", "-u", idle.dir()).expect(0);
      idle.awaitUp();
      assertThat(run(tree, "svstat", web.dir(), idle.dir()).expect(0).out())
          .matches(
              "\\Q%s\\E: down \\d+ seconds, normally up\n"
                  .concat("\\Q%s\\E: up \\(pid %d\\) \\d+ seconds, normally down\n")
                  .formatted(web.dir(), idle.dir(), idle.pid()));
    }

    @Test
    void svstatTellsPausedAndWantDown(Tree tree) throws IOException {
      var web = web(tree);
      run(tree, "svc", "-op", web.dir()).expect(0);
      web.await("to be paused", Status::paused);
      assertThat(run(tree, "svstat", web.dir()).out()).endsWith(" seconds, paused, want down\n");
      run(tree, "svc", "-c", web.dir()).expect(0);
    }

    @Test
    void svstatTellsWhatIsNotSupervised(Tree tree) throws IOException {
      web(tree);
      var other = tree.prepare("other").steady();
      assertThat(run(tree, "svstat", other.dir()).expect(0).out())
          .matches(
              "\\Q%s\\E: (supervise not running|unable to open supervise/ok: .*)\n"
                  .formatted(other.dir()));
    }

    @Test
    void svcOnlyWarnsOfWhatIsNotSupervised(Tree tree) throws IOException {
      var web = web(tree);
      int pid = web.pid();
      var other = tree.prepare("other").steady();
      var ran = run(tree, "svc", "-t", other.dir(), web.dir()).expect(0);
      assertThat(ran.err()).contains("svc: warning: unable to control " + other.dir());
      web.awaitUpAfter(pid);
    }

    @Test
    void svcRefusesAnUnknownOption(Tree tree) throws IOException {
      var web = web(tree);
      run(tree, "svc", "-z", web.dir()).expect(100);
    }
  }
}
