package org.usersvc.systemd.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.UserSpecifiers;

final class VerificationTest {
  @TempDir private Path root;
  private final FakeReply reply = new FakeReply();
  private UnitTree tree;

  @BeforeEach
  void plant() {
    tree = new UnitTree(root);
    unit("good", "[Service]\nExecStart=/bin/true\n");
    unit("note", "[Service]\nExecStart=/bin/true\nPrivateTmp=yes\n");
    unit("bad", "[Service]\nExecStart=/bin/true\nNise=3\n");
  }

  private void unit(String name, String text) {
    tree.file(tree.config() + "/" + name + ".service", text);
  }

  private Verification begin(String... words) {
    var values = new UserSpecifiers(Map.of("HOME", "/home/x"));
    var verifier = new Verifier(tree.files, tree.index, values);
    verifier.refresh();
    return new Verification(verifier, List.of(words), reply);
  }

  private List<String> verify(String... words) {
    var verification = begin(words);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = verification.next();
    }
    return reply.lines;
  }

  @Test
  void endsWithZeroIfNothingIsWrong() {
    assertThat(verify("good")).containsExactly("= 0");
  }

  @Test
  void notesAreNotWrong() {
    assertThat(verify("note", "good")).hasSize(2).endsWith("= 0");
    assertThat(reply.objects.getFirst())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "file",
                tree.config() + "/note.service",
                "line",
                3,
                "level",
                "note",
                "text",
                "PrivateTmp=: does nothing here: sandbox"));
  }

  @Test
  void oneMistakeMakesTheWholeWrong() {
    assertThat(verify("bad", "good")).hasSize(2).endsWith("= 1");
  }

  @Test
  void endsEarlyWhenTheClientHasGone() {
    var verification = begin("bad", "bad");
    assertThat(verification.next()).isTrue();
    reply.isOpen = false;
    assertThat(verification.next()).isFalse();
    assertThat(reply.lines).hasSize(2).endsWith("= 1");
  }

  @Test
  void showsABoundedNumberOfFindings() {
    unit("long", "[Service]\nExecStart=/bin/true\n" + "X=\n".repeat(Verification.MOST + 5));
    assertThat(verify("long")).hasSize(Verification.MOST + 2).endsWith("= 1");
    assertThat(reply.lines.get(Verification.MOST)).endsWith(" 5 more findings are not shown");
  }
}
