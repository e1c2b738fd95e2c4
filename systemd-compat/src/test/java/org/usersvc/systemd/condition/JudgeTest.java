package org.usersvc.systemd.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.condition.Judgement.Result;

final class JudgeTest {
  private final FakeFacts facts = new FakeFacts();
  private final Judge judge = new Judge(facts);

  private Result result(ConditionKind kind, String value) {
    return judge.judge(List.of(Condition.of(kind, value))).each().getFirst().result();
  }

  private boolean holds(ConditionKind kind, String value) {
    return result(kind, value) == Result.MET;
  }

  @Test
  void nothingAskedHolds() {
    assertThat(judge.judge(List.of()).holds()).isTrue();
  }

  @Test
  void exclamationMarkNegates() {
    facts.has(ConditionKind.PATH_EXISTS, "/here");
    assertThat(holds(ConditionKind.PATH_EXISTS, "/here")).isTrue();
    assertThat(holds(ConditionKind.PATH_EXISTS, "!/here")).isFalse();
    assertThat(holds(ConditionKind.PATH_EXISTS, "!/gone")).isTrue();
  }

  @Test
  void asksForThePathByItsKind() {
    facts.has(ConditionKind.FILE_NOT_EMPTY, "/file");
    assertThat(holds(ConditionKind.FILE_NOT_EMPTY, "/file")).isTrue();
    assertThat(holds(ConditionKind.PATH_IS_DIRECTORY, "/file")).isFalse();
  }

  @Test
  void oneUnmetConditionIsEnough() {
    facts.has(ConditionKind.PATH_EXISTS, "/here");
    var judgement =
        judge.judge(
            List.of(
                Condition.of(ConditionKind.PATH_EXISTS, "/here"),
                Condition.of(ConditionKind.PATH_EXISTS, "/gone")));
    assertThat(judgement.holds()).isFalse();
    assertThat(judgement.unmet()).extracting(Condition::argument).containsExactly("/gone");
  }

  @Test
  void oneMetTriggerIsEnough() {
    facts.has(ConditionKind.PATH_EXISTS, "/here");
    var either = Condition.of(ConditionKind.PATH_EXISTS, "|/here");
    var or = Condition.of(ConditionKind.PATH_EXISTS, "|/gone");
    var and = Condition.of(ConditionKind.PATH_EXISTS, "/gone");
    assertThat(judge.judge(List.of(or, either)).holds()).isTrue();
    assertThat(judge.judge(List.of(or)).holds()).isFalse();
    assertThat(judge.judge(List.of(either, and)).holds()).isFalse();
  }

  @Test
  void variableIsSetOrHasThatValue() {
    facts.environment.put("DISPLAY", ":0");
    assertThat(holds(ConditionKind.ENVIRONMENT, "DISPLAY")).isTrue();
    assertThat(holds(ConditionKind.ENVIRONMENT, "DISPLAY=:0")).isTrue();
    assertThat(holds(ConditionKind.ENVIRONMENT, "DISPLAY=:1")).isFalse();
    assertThat(holds(ConditionKind.ENVIRONMENT, "WAYLAND_DISPLAY")).isFalse();
  }

  @Test
  void userIsANameANumberOrOneOfTheSystem() {
    assertThat(holds(ConditionKind.USER, "larry")).isTrue();
    assertThat(holds(ConditionKind.USER, "1000")).isTrue();
    assertThat(holds(ConditionKind.USER, "!root")).isTrue();
    assertThat(holds(ConditionKind.USER, "!@system")).isTrue();
    facts.uid = 113;
    assertThat(holds(ConditionKind.USER, "@system")).isTrue();
    assertThat(holds(ConditionKind.GROUP, "audio")).isTrue();
    assertThat(holds(ConditionKind.GROUP, "video")).isFalse();
  }

  @Test
  void hostIsAPatternOrTheMachinesId() {
    assertThat(holds(ConditionKind.HOST, "desk*")).isTrue();
    assertThat(holds(ConditionKind.HOST, "0123456789ABCDEF0123456789abcdef")).isTrue();
    assertThat(holds(ConditionKind.HOST, "lap*")).isFalse();
  }

  @Test
  void architectureIsOursOrNative() {
    assertThat(holds(ConditionKind.ARCHITECTURE, "x86-64")).isTrue();
    assertThat(holds(ConditionKind.ARCHITECTURE, "native")).isTrue();
    assertThat(holds(ConditionKind.ARCHITECTURE, "arm64")).isFalse();
  }

  @Test
  void kernelsWordsAreWholeOrLeftSides() {
    facts.commandLine = "root=/dev/sda1 quiet splash=silent\n";
    assertThat(holds(ConditionKind.KERNEL_COMMAND_LINE, "quiet")).isTrue();
    assertThat(holds(ConditionKind.KERNEL_COMMAND_LINE, "splash")).isTrue();
    assertThat(holds(ConditionKind.KERNEL_COMMAND_LINE, "splash=silent")).isTrue();
    assertThat(holds(ConditionKind.KERNEL_COMMAND_LINE, "splash=loud")).isFalse();
    assertThat(holds(ConditionKind.KERNEL_COMMAND_LINE, "qui")).isFalse();
  }

  @Test
  void allExpressionsAboutTheKernelHaveToHold() {
    assertThat(holds(ConditionKind.KERNEL_VERSION, ">=5.10")).isTrue();
    assertThat(holds(ConditionKind.KERNEL_VERSION, ">= 5.10 <6.2")).isTrue();
    assertThat(holds(ConditionKind.KERNEL_VERSION, ">=5.10 <6.1")).isFalse();
    assertThat(holds(ConditionKind.KERNEL_VERSION, "6.1.*")).isTrue();
    assertThat(holds(ConditionKind.VERSION, "kernel>=6")).isTrue();
    assertThat(result(ConditionKind.VERSION, "glibc>=2.36")).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void keysOfTheReleaseAreComparedAsTheOperatorSays() {
    facts.release.put("ID", "debian");
    facts.release.put("VERSION_ID", "12");
    assertThat(holds(ConditionKind.OS_RELEASE, "ID=debian")).isTrue();
    assertThat(holds(ConditionKind.OS_RELEASE, "ID!=debian")).isFalse();
    assertThat(holds(ConditionKind.OS_RELEASE, "VERSION_ID>=9")).isTrue();
    assertThat(holds(ConditionKind.OS_RELEASE, "ID$=deb*")).isTrue();
    assertThat(holds(ConditionKind.OS_RELEASE, "VARIANT=")).isTrue();
  }

  @Test
  void numbersAreComparedAndAtLeastWithoutAnOperator() {
    facts.memory = OptionalLong.of(4L << 30);
    assertThat(holds(ConditionKind.CPUS, "2")).isTrue();
    assertThat(holds(ConditionKind.CPUS, "<2")).isFalse();
    assertThat(holds(ConditionKind.MEMORY, ">=4G")).isTrue();
    assertThat(holds(ConditionKind.MEMORY, ">4096M")).isFalse();
    assertThat(holds(ConditionKind.MEMORY, ">999999999999E")).isFalse();
  }

  @Test
  void whatNobodyKnowsIsNamedAndHoldsNegatedOrNot() {
    for (String value : List.of("selinux", "!selinux")) {
      var condition = Condition.of(ConditionKind.SECURITY, value);
      var judgement = judge.judge(List.of(condition));
      assertThat(judgement.holds()).isTrue();
      assertThat(judgement.unknown()).containsExactly(condition);
    }
  }
}
