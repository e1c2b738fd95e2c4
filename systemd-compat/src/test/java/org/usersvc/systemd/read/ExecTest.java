package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.systemd.exec.EnvironmentSettings;
import org.usersvc.systemd.exec.ExecDirectory;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecDirectory.Preserve;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.ExecSettings.IoClass;
import org.usersvc.systemd.exec.ExecSettings.WorkingDirectory;
import org.usersvc.systemd.exec.StreamSettings.FileMode;
import org.usersvc.systemd.exec.StreamSettings.Stream;

final class ExecTest {
  private static ExecSettings exec(String... lines) {
    var made = Made.service(lines);
    assertThat(made.problems()).isEmpty();
    return made.settings().exec();
  }

  @Test
  void nothingWrittenIsTheDefault() {
    assertThat(exec()).isEqualTo(ExecSettings.DEFAULT);
  }

  @Test
  void variablesAddUpAndAreReset() {
    assertThat(exec("Environment=A=1 \"B=2 3\"", "Environment=C=%p").environment().assignments())
        .containsExactly("A=1", "B=2 3", "C=a");
    assertThat(
            exec("Environment=A=1", "Environment=", "Environment=C=3").environment().assignments())
        .containsExactly("C=3");
  }

  @Test
  void whatIsNoAssignmentIsLeftOut() {
    var made = Made.service("Environment=A=1 2=x B");
    assertThat(made.settings().exec().environment().assignments()).containsExactly("A=1");
    assertThat(made.problems()).hasSize(2);
  }

  @Test
  void environmentFilesMayBeMissingWithAMinus() {
    var environment = exec("EnvironmentFile=-%t/e", "EnvironmentFile=/f").environment();
    assertThat(environment.files())
        .containsExactly(
            new EnvironmentSettings.File("/run/user/1000/e", true),
            new EnvironmentSettings.File("/f", false));
    assertThat(exec("EnvironmentFile=/f", "EnvironmentFile=").environment().files()).isEmpty();
  }

  @Test
  void passedAndUnsetVariablesAreNames() {
    var environment = exec("PassEnvironment=A B", "UnsetEnvironment=C D=1").environment();
    assertThat(environment.passed()).containsExactly("A", "B");
    assertThat(environment.unset()).containsExactly("C", "D=1");
    assertThat(Made.service("PassEnvironment=A=1").problems()).hasSize(1);
  }

  @Test
  void workingDirectoryIsHomeOrAbsolute() {
    assertThat(exec("WorkingDirectory=-/x").workingDirectory())
        .isEqualTo(new WorkingDirectory("/x", true));
    assertThat(exec("WorkingDirectory=/x", "WorkingDirectory=~").workingDirectory())
        .isEqualTo(WorkingDirectory.HOME);
    assertThat(Made.service("WorkingDirectory=x").problems()).hasSize(1);
  }

  @Test
  void limitsAreSoftAndHard() {
    var limits =
        exec(
                "LimitNOFILE=10:20",
                "LimitMEMLOCK=64M",
                "LimitRTTIME=infinity",
                "Nice=-3",
                "UMask=0077")
            .limits();
    assertThat(limits.resources())
        .containsEntry(Resource.NOFILE, new Bound(10, 20))
        .containsEntry(Resource.MEMLOCK, new Bound(64L << 20, 64L << 20))
        .containsEntry(Resource.RTTIME, new Bound(Bound.UNLIMITED, Bound.UNLIMITED));
    assertThat(limits.nice()).isEqualTo(-3);
    assertThat(limits.umask()).isEqualTo(077);
  }

  @Test
  void prioritiesAreRead() {
    var priority =
        exec(
                "OOMScoreAdjust=-500",
                "IOSchedulingClass=idle",
                "IOSchedulingPriority=7",
                "IgnoreSIGPIPE=no")
            .priority();
    assertThat(priority).isEqualTo(new ExecSettings.Priority(-500, IoClass.IDLE, 7, false));
  }

  @Test
  void outputGoesWhereItIsSent() {
    var streams =
        exec("StandardInput=null", "StandardOutput=append:%t/log", "StandardError=fd:x").streams();
    assertThat(streams.input()).isEqualTo(new Stream.Null());
    assertThat(streams.output()).isEqualTo(new Stream.File("/run/user/1000/log", FileMode.APPEND));
    assertThat(streams.error()).isEqualTo(new Stream.Named("x"));
  }

  @Test
  void outputFollowsAnInputThatIsASocket() {
    assertThat(exec("StandardInput=socket").streams().output()).isEqualTo(new Stream.Inherit());
    assertThat(exec("StandardInput=socket", "StandardOutput=journal").streams().output())
        .isEqualTo(new Stream.Journal());
  }

  @Test
  void terminalIsRefused() {
    var made = Made.service("StandardInput=tty", "StandardOutput=tty");
    assertThat(made.problems()).hasSize(2);
    assertThat(made.settings().exec()).isEqualTo(ExecSettings.DEFAULT);
  }

  @Test
  void inputDataAddsUpLineByLine() {
    var streams = exec("StandardInputText=a  \"b\"\\tc", "StandardInputData=ZGQ KZQ==").streams();
    assertThat(streams.inputData()).isEqualTo("a  \"b\"\tc\ndd\ne");
    assertThat(streams.input()).isEqualTo(new Stream.Data());
    assertThat(Made.service("StandardInputData=?").problems()).hasSize(1);
  }

  @Test
  void directoriesHaveModesAndStayBelowTheirPlace() {
    var directories =
        exec(
                "RuntimeDirectory=a b/c",
                "RuntimeDirectoryMode=0700",
                "RuntimeDirectoryPreserve=restart",
                "StateDirectory=d")
            .directories();
    assertThat(directories)
        .containsEntry(Kind.RUNTIME, new ExecDirectory(List.of("a", "b/c"), 0700, Preserve.RESTART))
        .containsEntry(Kind.STATE, new ExecDirectory(List.of("d"), 0755, Preserve.YES));
    assertThat(Made.service("CacheDirectory=/x ../y a/../b c:d").problems()).hasSize(4);
  }

  @Test
  void searchPathAddsUpUntilAnEmptyValue() {
    assertThat(exec("ExecSearchPath=/a:/b", "ExecSearchPath=/c").searchPath())
        .containsExactly("/a", "/b", "/c");
    assertThat(exec("ExecSearchPath=/a", "ExecSearchPath=").searchPath()).isEmpty();
  }
}
