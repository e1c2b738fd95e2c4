package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What documents tell a new user to type, typed by {@code .ci/typed} as they stand there, on a
 * machine that is made for that; and what they say is printed.
 */
final class DocumentsIT {
  private static final Path README = Path.of("../README.md");
  private static final int SECONDS = 120;
  private static final Path TESTS = Path.of("src/test/java/org/usersvc/it");

  @Tag("root")
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "daemon/src/main/man/usersvc-tutorial.7", "docs/screens.md"})
  void whatTheyShowIsWhatAppears(String document) throws IOException {
    var words = List.of("../.ci/typed", "--image", Container.image(), document);
    var ran = Ran.of(Map.of("PATH", Programs.PATH), words, SECONDS).expect(0);
    System.out.print(ran.out());
  }

  @Test
  void theTestsThatTheReadmeNamesAreThere() throws IOException {
    var names =
        Pattern.compile("\\b[A-Z][A-Za-z]*IT\\b")
            .matcher(Files.readString(README))
            .results()
            .map(found -> TESTS.resolve(found.group() + ".java"))
            .toList();
    assertThat(names).hasSizeGreaterThan(15).allSatisfy(name -> assertThat(name).exists());
  }
}
