package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;
import static org.usersvc.systemd.read.Made.names;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.condition.ConditionKind;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.StartLimit;
import org.usersvc.systemd.unit.UnitFlags;
import org.usersvc.systemd.unit.UnitFlags.CollectMode;

final class UnitSectionTest {
  @Test
  void unitWithoutAWordIsNamedAfterItsName() {
    var made = Made.target();
    assertThat(made.unit().description()).isEqualTo("a.target");
    assertThat(made.unit().flags()).isEqualTo(UnitFlags.DEFAULT);
    assertThat(made.problems()).isEmpty();
  }

  @Test
  void lastDescriptionWinsAndEmptyTakesItBack() {
    assertThat(Made.target("Description=One", "Description=%p two").unit().description())
        .isEqualTo("a two");
    assertThat(Made.target("Description=One", "Description=").unit().description())
        .isEqualTo("a.target");
  }

  @Test
  void documentationAddsUpUntilAnEmptyValue() {
    assertThat(
            Made.target("Documentation=man:a(1) man:b(1)", "Documentation=man:c(1)")
                .unit()
                .documentation())
        .containsExactly("man:a(1)", "man:b(1)", "man:c(1)");
    assertThat(
            Made.target("Documentation=man:a(1)", "Documentation=", "Documentation=man:c(1)")
                .unit()
                .documentation())
        .containsExactly("man:c(1)");
  }

  @Test
  void dependenciesAddUpAndAreNeverTakenBack() {
    var made = Made.target("Requires=b.service", "Requires=", "Requires=c.service b.service");
    assertThat(made.unit().dependencies(Relation.REQUIRES))
        .containsExactlyElementsOf(names("b.service", "c.service"));
    assertThat(made.problems()).isEmpty();
  }

  @Test
  void everyDirectiveOfADependencyIsItsRelation() {
    var made =
        Made.target(
            "Wants=wants.target",
            "Requisite=requisite.target",
            "BindsTo=binds.target",
            "PartOf=part.target",
            "Upholds=upholds.target",
            "Conflicts=conflicts.target",
            "Before=before.target",
            "After=after.target",
            "OnFailure=failure.target",
            "OnSuccess=success.target",
            "PropagatesStopTo=stop.target",
            "StopPropagatedFrom=from.target",
            "PropagatesReloadTo=reload.target",
            "ReloadPropagatedFrom=reloaded.target",
            "JoinsNamespaceOf=joins.target",
            "DefaultDependencies=no");
    var unit = made.unit();
    assertThat(unit.dependencies()).hasSize(15);
    assertThat(unit.dependencies(Relation.PART_OF)).containsExactly(name("part.target"));
    assertThat(unit.dependencies(Relation.ON_FAILURE)).containsExactly(name("failure.target"));
    assertThat(unit.dependencies(Relation.STOP_PROPAGATED_FROM))
        .containsExactly(name("from.target"));
  }

  @Test
  void templateInADependencyIsTheOwnInstance() {
    var made = Made.of("a@x.target", "[Unit]\nWants=b@.service c@%i.service\n");
    assertThat(made.unit().dependencies(Relation.WANTS))
        .containsExactlyElementsOf(names("b@x.service", "c@x.service"));
  }

  @Test
  void templateInADependencyOfAPlainUnitIsAProblem() {
    var made = Made.target("Wants=b@.service c.service");
    assertThat(made.unit().dependencies(Relation.WANTS)).containsExactly(name("c.service"));
    assertThat(made.messages()).singleElement().asString().contains("b@.service");
    assertThat(made.isLoaded()).isTrue();
  }

  @Test
  void unitNeverDependsOnItself() {
    assertThat(Made.target("Wants=a.target b.target").unit().dependencies(Relation.WANTS))
        .containsExactly(name("b.target"));
  }

  @Test
  void wrongNamesAreLeftOut() {
    var made = Made.target("After=b.service nonsense c.service");
    assertThat(made.unit().dependencies(Relation.AFTER))
        .containsExactlyElementsOf(names("b.service", "c.service"));
    assertThat(made.messages()).singleElement().asString().startsWith("/u/a.target:2: After=");
  }

  @Test
  void lastFlagWinsAndAWrongOneChangesNothing() {
    var made =
        Made.target(
            "StopWhenUnneeded=yes",
            "RefuseManualStart=on",
            "RefuseManualStart=off",
            "AllowIsolate=1",
            "AllowIsolate=perhaps",
            "DefaultDependencies=false");
    var flags = made.unit().flags();
    assertThat(flags.stopWhenUnneeded()).isTrue();
    assertThat(flags.refuseManualStart()).isFalse();
    assertThat(flags.allowIsolate()).isTrue();
    assertThat(flags.defaultDependencies()).isFalse();
    assertThat(made.problems()).hasSize(1);
  }

  @Test
  void jobsAndCollectingAreRead() {
    var flags =
        Made.target(
                "CollectMode=inactive-or-failed",
                "OnFailureJobMode=replace-irreversibly",
                "OnSuccessJobMode=replace",
                "JobTimeoutSec=1min",
                "JobRunningTimeoutSec=infinity",
                "SuccessAction=exit-force")
            .unit()
            .flags();
    assertThat(flags.collectMode()).isEqualTo(CollectMode.INACTIVE_OR_FAILED);
    assertThat(flags.onFailureJobMode()).isEqualTo(JobMode.REPLACE_IRREVERSIBLY);
    assertThat(flags.onSuccessJobMode()).isEqualTo(JobMode.REPLACE);
    assertThat(flags.jobTimeouts().total()).isEqualTo(Duration.ofMinutes(1));
    assertThat(flags.jobTimeouts().running()).isNull();
    assertThat(flags.successAction()).isEqualTo("exit-force");
  }

  @Test
  void actionsOnTheMachineAreNotForUsers() {
    var made = Made.target("FailureAction=reboot");
    assertThat(made.unit().flags().failureAction()).isEqualTo("none");
    assertThat(made.problems()).hasSize(1);
  }

  @Test
  void startLimitIsReadAlsoFromItsOldPlace() {
    var limit = new StartLimit(Duration.ofMinutes(1), 3);
    assertThat(
            Made.target("StartLimitIntervalSec=60", "StartLimitBurst=3")
                .unit()
                .flags()
                .startLimit())
        .isEqualTo(limit);
    assertThat(
            Made.service("StartLimitInterval=60s", "StartLimitBurst=3").unit().flags().startLimit())
        .isEqualTo(limit);
    assertThat(Made.target("StartLimitIntervalSec=0").unit().flags().startLimit().isSet())
        .isFalse();
  }

  @Test
  void conditionsKeepTheirOrderAndSigns() {
    var made =
        Made.target(
            "ConditionPathExists=|!%t/a", "AssertEnvironment=DISPLAY", "ConditionUser=!root");
    assertThat(made.unit().conditions())
        .containsExactly(
            new Condition(ConditionKind.PATH_EXISTS, true, true, "/run/user/1000/a"),
            new Condition(ConditionKind.USER, false, true, "root"));
    assertThat(made.unit().asserts())
        .containsExactly(new Condition(ConditionKind.ENVIRONMENT, false, false, "DISPLAY"));
  }

  @Test
  void emptyConditionForgetsThoseOfAllKindsButNoAssert() {
    var made =
        Made.target(
            "ConditionUser=a", "AssertUser=a", "ConditionPathExists=", "ConditionHost=here");
    assertThat(made.unit().conditions()).extracting(Condition::argument).containsExactly("here");
    assertThat(made.unit().asserts()).hasSize(1);
  }

  @Test
  void conditionOnARelativePathIsLeftOut() {
    var made = Made.target("ConditionPathExists=here", "ConditionFileNotEmpty=!there");
    assertThat(made.unit().conditions()).isEmpty();
    assertThat(made.problems()).hasSize(2);
  }

  @Test
  void dropInsComeAfterTheMainFile() {
    var made =
        Made.of(
            "a.service",
            "[Unit]\nDescription=One\n[Service]\nExecStart=/bin/a\n",
            "[Unit]\nDescription=Two\n",
            "[Service]\nExecStart=\nExecStart=/bin/b\n");
    assertThat(made.unit().description()).isEqualTo("Two");
    assertThat(made.settings().own().commands().all().values())
        .singleElement()
        .asString()
        .contains("/bin/b");
    assertThat(made.unit().origin().fragment()).isEqualTo("/u/a.service");
    assertThat(made.unit().origin().dropIns()).isEqualTo(List.of("/d/0.conf", "/d/1.conf"));
  }

  @Test
  void unknownDirectivesAndSectionsNeverKeepAUnitFromLoading() {
    var made = Made.target("Nonsense=1", "X-Mine=2", "[Colour]", "Red=3", "[X-Other]", "Y=4");
    assertThat(made.isLoaded()).isTrue();
    assertThat(made.messages())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("/u/a.target:2: Nonsense="))
        .anyMatch(text -> text.startsWith("/u/a.target:4: [Colour]"));
  }

  @Test
  void ignoredDirectivesAreNoProblem() {
    var made = Made.service("PrivateTmp=yes", "MemoryMax=1G");
    assertThat(made.problems()).isEmpty();
    assertThat(made.ignored()).hasSize(2);
    assertThat(made.ignored().getFirst().text()).contains("sandbox");
  }

  @Test
  void installIsReadAndResetByEmptyValues() {
    var install =
        Made.of(
                "a@.service",
                """
                [Service]
                ExecStart=/bin/a
                [Install]
                WantedBy=x.target
                WantedBy=
                WantedBy=y@%i.target z.target
                Alias=b@.service
                Also=c.socket
                UpheldBy=u.target
                RequiredBy=r.target
                DefaultInstance=one
                """)
            .unit()
            .install();
    assertThat(install.wantedBy()).isEqualTo(names("y@.target", "z.target"));
    assertThat(install.requiredBy()).isEqualTo(names("r.target"));
    assertThat(install.upheldBy()).isEqualTo(names("u.target"));
    assertThat(install.alias()).isEqualTo(names("b@.service"));
    assertThat(install.also()).isEqualTo(names("c.socket"));
    assertThat(install.defaultInstance()).isEqualTo("one");
    assertThat(Made.target().unit().install().isEmpty()).isTrue();
  }
}
