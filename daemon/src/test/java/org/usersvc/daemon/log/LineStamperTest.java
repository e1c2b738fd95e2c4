package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LineStamperTest {
  private static final byte[] STAMP = {'>', ' '};

  private final byte[] out = new byte[256 * 1024];
  private final LineStamper stamper = new LineStamper(out);

  private String add(String raw, long room, boolean force) {
    stamper.begin(STAMP);
    byte[] bytes = raw.getBytes(ISO_8859_1);
    int used = stamper.add(bytes, bytes.length, room, force);
    return used + ":" + new String(out, 0, stamper.length(), ISO_8859_1);
  }

  private String add(String raw) {
    String done = add(raw, Long.MAX_VALUE, false);
    stamper.commit();
    return done.substring(done.indexOf(':') + 1);
  }

  @Test
  void everyLineBeginsWithTheStamp() {
    assertThat(add("one\n\ntwo\n")).isEqualTo("> one\n> \n> two\n");
  }

  @Test
  void whatContinuesALineHasNoStamp() {
    assertThat(add("on")).isEqualTo("> on");
    assertThat(add("e\ntw")).isEqualTo("e\n> tw");
    assertThat(add("o\n")).isEqualTo("o\n");
    assertThat(add("three\n")).isEqualTo("> three\n");
  }

  @Test
  void controlCharactersAndStrayBytesAreLeftAsTheyAre() {
    assertThat(add("\0\r\u001b[1m\u00ff\n")).isEqualTo("> \0\r\u001b[1m\u00ff\n");
  }

  @Test
  void aLineOf64KibIsNotBroken() {
    String line = "x".repeat(LineStamper.LONGEST) + "\n";
    assertThat(add(line)).isEqualTo("> " + line);
    assertThat(add("next\n")).isEqualTo("> next\n");
  }

  @Test
  void theNewlineOfALongLineMayComeLater() {
    add("x".repeat(LineStamper.LONGEST));
    assertThat(add("\nnext\n")).isEqualTo("\n> next\n");
  }

  @Test
  void aLongerLineIsBroken() {
    String most = "x".repeat(LineStamper.LONGEST);
    assertThat(add(most + "yy\nz\n")).isEqualTo("> " + most + "\n> yy\n> z\n");
  }

  @Test
  void aLongLineInManyPiecesIsBrokenAtTheSamePlace() {
    String most = "x".repeat(LineStamper.LONGEST - 1);
    assertThat(add(most)).isEqualTo("> " + most);
    assertThat(add("xyy\n")).isEqualTo("x\n> yy\n");
  }

  @Test
  void linesThatDoNotFitAreLeft() {
    assertThat(add("one\ntwo\n", 6, false)).isEqualTo("4:> one\n");
    assertThat(add("one\ntwo\n", 5, false)).isEqualTo("0:");
    assertThat(add("one\ntwo\n", 5, true)).isEqualTo("4:> one\n");
  }

  @Test
  void aLineThatHasBegunIsEndedWhateverTheRoom() {
    add("on");
    assertThat(add("e\ntwo\n", 0, false)).isEqualTo("2:e\n");
  }

  @Test
  void anEndlessLineLetsTheFileChangeWhereItIsBroken() {
    add("x".repeat(10));
    assertThat(stamper.mayChangeFile()).isFalse();
    add("x".repeat(LineStamper.LONGEST - 10));
    assertThat(stamper.mayChangeFile()).isTrue();
    assertThat(add("x", 0, false)).isEqualTo("0:");
  }

  @Test
  void whatIsNotCommittedIsForgotten() {
    add("on");
    stamper.begin(STAMP);
    stamper.add("e\n".getBytes(ISO_8859_1), 2, Long.MAX_VALUE, false);
    assertThat(add("e\n")).isEqualTo("e\n");
  }

  @Test
  void anInsertedLineEndsTheOneBefore() {
    add("on");
    stamper.breakLine();
    stamper.begin(STAMP);
    stamper.insert(new byte[] {'!'});
    stamper.add("e\n".getBytes(ISO_8859_1), 2, Long.MAX_VALUE, false);
    assertThat(new String(out, 0, stamper.length(), ISO_8859_1)).isEqualTo("\n> !\n> e\n");
  }

  @Test
  void aFullBufferIsNoLoss() {
    String many = "\n".repeat(64 * 1024);
    stamper.begin(new byte[26]);
    int used = stamper.add(many.getBytes(ISO_8859_1), many.length(), Long.MAX_VALUE, false);
    assertThat(used).isEqualTo(out.length / 27);
    assertThat(stamper.length()).isEqualTo(used * 27);
  }
}
