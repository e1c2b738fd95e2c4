package org.usersvc.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyboardTest {
  private static final Board THREE =
      Board.EMPTY.with(
          Stream.of("web", "db", "mail")
              .map(name -> new Row(name, "run", true, 1, 1, "", Usage.NONE))
              .toList());

  private static Board typed(Board board, String letters) {
    Board now = board;
    for (int i = 0; i < letters.length(); i++) {
      now = Keyboard.press(now, new Key.Letter(letters.charAt(i))).board();
    }
    return now;
  }

  private static Board pressed(Board board, Key.Named... keys) {
    Board now = board;
    for (Key.Named key : keys) {
      now = Keyboard.press(now, key).board();
    }
    return now;
  }

  @Test
  void selectionMovesAndStaysWithinTheServices() {
    assertThat(THREE.selected()).isEqualTo("web");
    assertThat(pressed(THREE, Key.Named.DOWN).selected()).isEqualTo("db");
    assertThat(pressed(THREE, Key.Named.END, Key.Named.DOWN).selected()).isEqualTo("mail");
    assertThat(pressed(THREE, Key.Named.PAGE_DOWN, Key.Named.HOME).selected()).isEqualTo("web");
    assertThat(pressed(THREE, Key.Named.UP).selected()).isEqualTo("web");
    assertThat(pressed(Board.EMPTY, Key.Named.DOWN).selected()).isEmpty();
  }

  @Test
  void lettersAreVerbsForTheSelectedService() {
    var down = pressed(THREE, Key.Named.DOWN);
    assertThat(Keyboard.press(down, new Key.Letter('r')).wish())
        .isEqualTo(new Keyboard.Wish("restart", "db"));
    assertThat(Keyboard.press(down, new Key.Letter('x')).wish()).isNull();
    assertThat(Keyboard.press(Board.EMPTY, new Key.Letter('u')).wish()).isNull();
    assertThat(Keyboard.press(THREE, new Key.Letter('q')).quits()).isTrue();
  }

  @Test
  void filterTakesLettersUntilEnterAndIsGoneAfterEscape() {
    var filtering = typed(THREE, "/mq");
    assertThat(filtering.shown()).isEmpty();
    assertThat(Keyboard.press(filtering, new Key.Letter('q')).quits()).isFalse();
    var mail = pressed(filtering, Key.Named.ERASE, Key.Named.ENTER);
    assertThat(mail.shown()).extracting(Row::name).containsExactly("mail");
    assertThat(mail.selected()).isEqualTo("mail");
    assertThat(Keyboard.press(mail, new Key.Letter('q')).quits()).isTrue();
    assertThat(pressed(mail, Key.Named.ESCAPE).shown()).hasSize(3);
  }

  @Test
  void selectionStaysWithItsServiceWhenTheOrderChanges() {
    var db = pressed(THREE, Key.Named.DOWN);
    assertThat(db.with(db.rows().reversed()).selected()).isEqualTo("db");
    assertThat(db.with(List.of()).place()).isNegative();
  }

  @Test
  void logOfAServiceThatIsNotSelectedAnyMoreIsNotShown() {
    assertThat(THREE.logging("db", List.of("x")).log()).isEmpty();
    assertThat(THREE.logging("web", List.of("x")).move(1).log()).isEmpty();
  }

  @Test
  void sequencesOfTerminalsAreKeys() {
    assertThat(Stream.of("[A", "OB", "[5~", "", "[99~").map(Key::ofSequence))
        .containsExactly(
            Key.Named.UP, Key.Named.DOWN, Key.Named.PAGE_UP, Key.Named.ESCAPE, Key.Named.OTHER);
    assertThat(Key.ofCharacter(127)).isEqualTo(Key.Named.ERASE);
  }
}
