package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read and write, against what dbus-java reads and writes. */
final class MessageStreamTest {
  private static final String ALL = "ybnqiuxtdsogasa{sv}(ib)a(si)vaya{ss}aas";

  private final WireWriter writer = new WireWriter();
  private final MessageStream stream = new MessageStream();

  private static List<Object> all() {
    return List.of(
        (byte) -2,
        true,
        (short) -3,
        new UInt16(65_000),
        -70_000,
        new UInt32(4_000_000_000L),
        -5_000_000_000L,
        new UInt64("18446744073709551615"),
        0.5,
        "été \uD83D\uDE00",
        new DBusPath("/org/usersvc1/x_2e"),
        "a{sv}",
        List.of("one", ""),
        new LinkedHashMap<>(Map.of("k", new Variant<>(List.of("v"), "as"))),
        new Object[] {7, false},
        List.of(new Object[] {"s", 1}, new Object[] {"t", 2}),
        new Variant<>(new UInt32(9), "u"),
        List.of((byte) 1, (byte) 2),
        Map.of(),
        List.of(List.of("x"), List.of()));
  }

  private static byte[] flat(Message message) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : message.getWireData()) {
      if (part != null) {
        out.writeBytes(part);
      }
    }
    return out.toByteArray();
  }

  private static byte[] theirs(char order, String signature, Object... values)
      throws DBusException {
    return flat(
        new MessageFactory((byte) order)
            .createMethodCall(":1.7", "org.x", "/p", "i.f", "M", (byte) 0, signature, values));
  }

  private byte[] ours(String signature, Object... values) throws OversizeMessage {
    var fields = new @Nullable Object[Field.COUNT];
    fields[Field.PATH] = "/p";
    fields[Field.INTERFACE] = "i.f";
    fields[Field.MEMBER] = "M";
    fields[Field.SIGNATURE] = signature;
    writer.message(Kind.CALL, (byte) 0, 77, fields, Arrays.asList(values));
    int size = writer.size();
    return Arrays.copyOf(writer.take(), size);
  }

  private @Nullable Incoming read(byte[] bytes) throws MalformedMessage {
    stream.add(bytes, 0, bytes.length);
    return stream.next();
  }

  private Incoming readOne(byte[] bytes) throws MalformedMessage {
    var message = Objects.requireNonNull(read(bytes));
    assertThat(stream.next()).isNull();
    return message;
  }

  @ParameterizedTest
  @ValueSource(chars = {'l', 'B'})
  void readsWhatDbusJavaWrites(char order) throws Exception {
    byte[] bytes = theirs(order, ALL, all().toArray());
    var message = readOne(bytes);
    assertThat(message.kind()).isEqualTo(Kind.CALL);
    assertThat(message.wantsReply()).isTrue();
    assertThat(message.path()).isEqualTo("/p");
    assertThat(message.interfaceName()).isEqualTo("i.f");
    assertThat(message.member()).isEqualTo("M");
    assertThat(message.sender()).isEqualTo(":1.7");
    assertThat(message.signature()).isEqualTo(ALL);
    assertThat(message.values()).usingRecursiveComparison().isEqualTo(all());
  }

  @Test
  void dbusJavaReadsWhatWeWrite() throws Exception {
    byte[] bytes = ours(ALL, all().toArray());
    int header = (int) Message.demarshallintLittle(bytes, 12, 4) + 7 & ~7;
    byte[] fields = new byte[header + 8];
    System.arraycopy(bytes, 12, fields, 0, 4);
    System.arraycopy(bytes, 16, fields, 8, header);
    var message =
        MessageFactory.createMessage(
            bytes[1],
            Arrays.copyOf(bytes, 12),
            fields,
            Arrays.copyOfRange(bytes, 16 + header, bytes.length),
            List.of());
    assertThat(message.getSerial()).isEqualTo(77);
    assertThat(message.getPath()).isEqualTo("/p");
    assertThat(message.getName()).isEqualTo("M");
    assertThat(message.getSig()).isEqualTo(ALL);
    assertThat(Arrays.asList(message.getParameters()))
        .usingRecursiveComparison()
        .isEqualTo(readOne(bytes).values());
  }

  @Test
  void writesTheBodyThatDbusJavaWrites() throws Exception {
    byte[] ours = ours(ALL, all().toArray());
    byte[] theirs = theirs('l', ALL, all().toArray());
    int length = (int) Message.demarshallintLittle(ours, 4, 4);
    assertThat(Arrays.copyOfRange(ours, ours.length - length, ours.length))
        .isEqualTo(Arrays.copyOfRange(theirs, theirs.length - length, theirs.length));
  }

  @Test
  void cutsAStreamWhereverItsPartsBegin() throws Exception {
    byte[] one = theirs('l', "s", "first");
    byte[] two = theirs('B', "u", new UInt32(2));
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    for (int cut = 0; cut <= both.length; cut++) {
      var fresh = new MessageStream();
      var values = new ArrayList<Object>();
      fresh.add(both, 0, cut);
      for (var m = fresh.next(); m != null; m = fresh.next()) {
        values.addAll(m.values());
      }
      fresh.add(both, cut, both.length - cut);
      for (var m = fresh.next(); m != null; m = fresh.next()) {
        values.addAll(m.values());
      }
      assertThat(values).containsExactly("first", new UInt32(2));
    }
  }

  @Test
  void noDamagedMessageDoesMoreThanBeRefused() throws Exception {
    byte[] whole = ours(ALL, all().toArray());
    int read = 0;
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, 'a', '(', 'v'}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        read += isRead(damaged) ? 1 : 0;
      }
    }
    assertThat(read).isPositive();
  }

  private static boolean isRead(byte[] bytes) {
    var fresh = new MessageStream();
    fresh.add(bytes, 0, bytes.length);
    try {
      return fresh.next() != null;
    } catch (MalformedMessage expected) {
      return false;
    }
  }

  static List<String> malformed() {
    return List.of(
        "474554202f20485454502f312e310d0a0d0a", // GET / HTTP/1.1
        "6c00000100000000010000000000000000", // type 0
        "6c01000200000000010000000000000000", // another version
        "6c01000100000000000000000000000000", // serial 0
        "6c010001ffffffff01000000ffffffff00", // lengths beyond anything
        "6c01000100000000010000000000000000"); // neither path nor member
  }

  @ParameterizedTest
  @MethodSource
  void malformed(String hex) {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> read(HexFormat.of().parseHex(hex)));
  }

  /** A signature and a body that claims to be of it. */
  private Incoming withBody(String signature, String hexBody)
      throws OversizeMessage, MalformedMessage {
    byte[] bytes = ours("v", new Variant<>("placeholder", "s"));
    byte[] body = HexFormat.of().parseHex(hexBody);
    int length = (int) Message.demarshallintLittle(bytes, 4, 4);
    int start = bytes.length - length;
    byte[] message = Arrays.copyOf(bytes, start + body.length);
    System.arraycopy(body, 0, message, start, body.length);
    Message.marshallintLittle(body.length, message, 4, 4);
    message[indexOf(message, (byte) 'v')] = (byte) signature.charAt(0);
    return readOne(message);
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int at = bytes.length - 1;
    while (bytes[at] != wanted) {
      at--;
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v 0228290000000000", // variant of an empty struct, of which there is no end
        "v 0161000000000000",
        "v 016d00",
        "v 02737300",
        "v 026179000000ffffff",
        "v 0261690004000000",
        "s 04000000616263",
        "s 0300000061ff6300",
        "s 0300000061006300",
        "s 0300000061626301",
        "b 02000000",
        "o 0200000061620000",
        "g 026128 00",
        "u 00",
        "u 0000000000"
      })
  void aBodyThatIsNotOfItsSignatureIsRefused(String example) {
    String body = example.substring(2).replace(" ", "");
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> withBody(example.substring(0, 1), body));
  }

  @Test
  void variantsInVariantsEndSomewhere() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> withBody("v", "017600".repeat(100_000) + "01790007"));
  }

  @Test
  void tooMuchIsToldToItsSenderAndPassedOver() throws Exception {
    byte[] much = theirs('l', "s", "x".repeat(MessageStream.MOST));
    byte[] next = theirs('l', "s", "next");
    var told = feed(stream, much);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().excess()).contains("too long");
    assertThat(told.getFirst().sender()).isEqualTo(":1.7");
    assertThat(told.getFirst().values()).isEmpty();
    assertThat(readOne(next).values()).containsExactly("next");
  }

  @Test
  void memoryGrowsWithWhatComesAndNotWithWhatIsAnnounced() throws Exception {
    byte[] large = theirs('l', "s", "x".repeat(2_000_000));
    stream.add(large, 0, 10_000);
    assertThat(stream.next()).isNull();
    assertThat(stream.space()).isLessThan(20_001);
    stream.add(large, 10_000, large.length - 10_000);
    assertThat(stream.next()).isNotNull();
    assertThat(stream.next()).isNull();
    assertThat(stream.space()).isEqualTo(4096);
  }

  /** As a socket would bring it. */
  private static List<Incoming> feed(MessageStream to, byte[] bytes) throws MalformedMessage {
    var messages = new ArrayList<Incoming>();
    for (int at = 0; at < bytes.length; at += 1000) {
      to.add(bytes, at, Math.min(1000, bytes.length - at));
      var message = to.next();
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  @Test
  void aMillionValuesAreTooMuchButNoFault() throws Exception {
    assertThat(readOne(theirs('l', "ay", (Object) new byte[1_000_000])).excess())
        .contains("values");
  }

  @Test
  void aNameOfAnyBytesIsSentAsValidText() throws Exception {
    assertThat(readOne(ours("ss", "a\uDCFFb", "c\0d")).values()).containsExactly("a?b", "c\uFFFDd");
  }

  @Test
  void whatCannotBeSentIsRefusedBeforeTheBusCutsUsOff() {
    assertThatIllegalArgumentException().isThrownBy(() -> ours("o", "no/path"));
    assertThatIllegalArgumentException().isThrownBy(() -> ours("g", "("));
    assertThatIllegalArgumentException().isThrownBy(() -> ours("ss", "one"));
    assertThatIllegalArgumentException().isThrownBy(() -> ours("s", "one", "two"));
    assertThatIllegalArgumentException().isThrownBy(() -> ours("a{", Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ours("(ss)", (Object) new Object[] {"one"}));
  }

  @Test
  void anAnswerOfMoreThan16MiBIsRefused() {
    assertThatExceptionOfType(OversizeMessage.class)
        .isThrownBy(() -> ours("as", List.of("x".repeat(9_000_000), "x".repeat(9_000_000))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a_1/B", "/org/usersvc1/service/_2e"})
  void paths(String path) {
    assertThat(Signature.isPath(path)).isTrue();
    assertThat(Signature.isPath(path + "//")).isFalse();
    assertThat(Signature.isPath(path + "-")).isFalse();
    assertThat(Signature.isPath(path.substring(1))).isFalse();
  }
}
