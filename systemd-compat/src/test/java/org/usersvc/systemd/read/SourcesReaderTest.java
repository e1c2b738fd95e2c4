package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;
import static org.usersvc.systemd.read.Made.names;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.load.Resolution;
import org.usersvc.systemd.load.SourceFile;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.NoSettings;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.SliceSettings;

final class SourcesReaderTest {
  private final List<Problem> problems = new ArrayList<>();
  private final SourcesReader reader = new SourcesReader(_ -> Optional.empty(), problems::add);

  private static UnitSources sources(
      List<UnitName> names, LoadState state, Optional<String> text, String... told) {
    var resolution =
        new Resolution(names.getFirst(), new LinkedHashSet<>(names), Optional.empty(), false);
    return new UnitSources(
        resolution,
        state,
        text.map(content -> file("/u/x", content)),
        List.of(file("/d/1.conf", "[Unit]\nDescription=Dropped\n")),
        Map.of(Relation.WANTS, Set.of(name("w.service"))),
        List.of(told));
  }

  private static SourceFile file(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new SourceFile(UnitFile.read(path, bytes), bytes.length, 0);
  }

  @Test
  void loadedUnitHasItsFilesNamesAndLinks() {
    var unit =
        reader.read(
            sources(
                names("a.target", "b.target"),
                LoadState.LOADED,
                Optional.of("[Unit]\nColour=1\n")));
    assertThat(unit.loadState()).isEqualTo(LoadState.LOADED);
    assertThat(unit.names()).containsExactlyInAnyOrderElementsOf(names("a.target", "b.target"));
    assertThat(unit.description()).isEqualTo("Dropped");
    assertThat(unit.dependencies(Relation.WANTS)).containsExactly(name("w.service"));
    assertThat(unit.origin().fragment()).isEqualTo("/u/x");
    assertThat(unit.origin().dropIns()).containsExactly("/d/1.conf");
    assertThat(problems)
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .startsWith("/u/x:2: Colour=");
  }

  @Test
  void unitThatIsNotThereHasNoSettings() {
    for (var state : List.of(LoadState.NOT_FOUND, LoadState.MASKED)) {
      var unit = reader.read(sources(names("a.service"), state, Optional.empty()));
      assertThat(unit.loadState()).isEqualTo(state);
      assertThat(unit.settings()).isEqualTo(new NoSettings());
      assertThat(unit.dependencies()).isEmpty();
    }
  }

  @Test
  void unitThatCannotBeReadSaysWhy() {
    var unit =
        reader.read(
            sources(names("a.service"), LoadState.ERROR, Optional.empty(), "/u/x: no permission"));
    assertThat(unit.loadState()).isEqualTo(LoadState.ERROR);
    assertThat(unit.origin().error()).isEqualTo("/u/x: no permission");
    assertThat(problems).hasSize(1);
  }

  @Test
  void theSameProblemsAreLoggedOnce() {
    var wrong = Optional.of("[Unit]\nColour=1\n");
    var right = Optional.of("[Unit]\n");
    for (var text : List.of(wrong, wrong, right, right, wrong)) {
      reader.read(sources(names("a.target"), LoadState.LOADED, text));
    }
    assertThat(problems).hasSize(2);
    var other = Optional.of("[Unit]\nColour=1\nX=2\n");
    reader.read(sources(names("a.target"), LoadState.LOADED, other));
    assertThat(problems).hasSize(4);
  }

  @Test
  void sliceNeedsNoFile() {
    var unit = reader.read(sources(names("a.slice"), LoadState.NOT_FOUND, Optional.empty()));
    assertThat(unit.loadState()).isEqualTo(LoadState.LOADED);
    assertThat(unit.settings()).isEqualTo(new SliceSettings());
    assertThat(unit.description()).isEqualTo("Dropped");
  }

  @Test
  void installOfATemplateIsThatOfTheNamedInstance() {
    var text = "[Service]\nExecStart=/bin/a\n[Install]\nWantedBy=%i.target\n";
    var template = sources(names("a@.service"), LoadState.LOADED, Optional.of(text));
    assertThat(reader.install(name("a@x.service"), template).wantedBy())
        .isEqualTo(names("x.target"));
    var masked = sources(names("a@.service"), LoadState.MASKED, Optional.empty());
    assertThat(reader.install(name("a@x.service"), masked).isEmpty()).isTrue();
  }

  @Test
  void aLogHasTheFirstProblemsOnly() {
    var text = Optional.of("[Unit]\n" + "X=\n".repeat(SourcesReader.MOST_LOGGED + 5));
    reader.read(sources(names("a.target"), LoadState.LOADED, text));
    assertThat(problems).hasSize(SourcesReader.MOST_LOGGED + 1);
    assertThat(problems.getLast().message())
        .isEqualTo("a.target: 5 more problems; usersvc verify a.target names them");
    problems.clear();
    new SourcesReader(_ -> Optional.empty(), problems::add, _ -> {})
        .read(sources(names("a.target"), LoadState.LOADED, text));
    assertThat(problems).hasSize(SourcesReader.MOST_LOGGED + 5);
  }
}
