package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.extension.Verbs.Reply;

/** Verbs that the daemon itself does not have. */
final class ExtensionVerbsTest {
  @TempDir private Path root;
  private BackendFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
    fixture.backend.extensionVerbs().add("weigh", ExtensionVerbsTest::weigh);
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private static void weigh(List<String> words, Reply reply) {
    for (String word : words) {
      var fields = new LinkedHashMap<String, Object>(Map.of("word", word));
      fields.put("weight", word.length());
      reply.out(word + " weighs " + word.length(), fields);
    }
    if (words.isEmpty()) {
      reply.err("weigh needs a word");
    }
    reply.end(words.size());
  }

  @Test
  void areAnsweredByTheirExtension() {
    assertThat(fixture.ask(1, "'verb':'weigh','words':['foot','a\\nb']"))
        .containsExactly("foot weighs 4", "a\\x0ab weighs 3", "= 2");
    assertThat(fixture.ask(1, "'verb':'weigh'"))
        .containsExactly("2 usersvc: weigh needs a word", "= 0");
  }

  @Test
  void answerInJson() {
    assertThat(fixture.ask(1, "'verb':'weigh','words':['foot'],'format':'json'"))
        .containsExactly("{\"word\":\"foot\",\"weight\":4}", "= 1");
  }

  @Test
  void neverReplaceVerbsOfTheDaemon() {
    fixture.backend.extensionVerbs().add("up", (_, reply) -> reply.end(42));
    assertThat(fixture.ask(1, "'verb':'up'")).contains("= 100");
    assertThat(fixture.ask(1, "'verb':'lift'"))
        .containsExactly("2 usersvc: unknown verb lift; see usersvc --help", "= 100");
  }
}
