package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * Reads values from one message, and checks all rules of the protocol. The values are those of
 * dbus-java, whose own reader trusts the bus to have checked.
 */
final class WireReader {
  /** So many values take 20 MiB at most. */
  private static final int MOST_VALUES = 200_000;

  private final ByteBuffer bytes;
  private final int origin;
  private int valuesLeft = MOST_VALUES;

  /**
   * @param start of the message, from which alignment counts
   * @param end of the message
   */
  WireReader(byte[] bytes, int start, int end, boolean bigEndian) {
    this.bytes = ByteBuffer.wrap(bytes).limit(end).position(start);
    this.bytes.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    this.origin = start;
  }

  /** The number of bytes of the message read so far. */
  int position() {
    return bytes.position() - origin;
  }

  void skip(int count) throws MalformedMessage {
    need(count);
    bytes.position(bytes.position() + count);
  }

  int remaining() {
    return bytes.remaining();
  }

  /** Values of each of the types in a valid signature. */
  List<Object> values(String signature) throws MalformedMessage, OversizeMessage {
    var values = new ArrayList<Object>();
    for (int at = 0; at < signature.length(); at = Signature.end(signature, at)) {
      values.add(value(signature, at, 0));
    }
    return values;
  }

  /** A value of the type that begins at {@code at}. */
  private Object value(String signature, int at, int depth)
      throws MalformedMessage, OversizeMessage {
    if (depth > Signature.DEEPEST) {
      throw new MalformedMessage("it is nested too deep");
    }
    if (valuesLeft-- <= 0) {
      throw new OversizeMessage("it has more than " + MOST_VALUES + " values");
    }
    char type = signature.charAt(at);
    align(Signature.alignment(type));
    return switch (type) {
      case 'a' ->
          signature.charAt(at + 1) == '{'
              ? dictionary(signature, at + 1, depth + 1)
              : array(signature, at + 1, depth + 1);
      case '(' -> struct(signature, at + 1, depth + 1);
      case 'v' -> variant(depth + 1);
      case 's' -> text(length());
      case 'o' -> path();
      case 'g' -> signature();
      default -> number(type);
    };
  }

  private Object number(char type) throws MalformedMessage {
    need(type == 'y' ? 1 : Signature.alignment(type));
    return switch (type) {
      case 'y' -> bytes.get();
      case 'b' -> truth(bytes.getInt());
      case 'n' -> bytes.getShort();
      case 'q' -> new UInt16(bytes.getShort() & 0xffff);
      case 'i' -> bytes.getInt();
      case 'x' -> bytes.getLong();
      case 't' -> unsigned(bytes.getLong());
      case 'd' -> bytes.getDouble();
      default -> new UInt32(bytes.getInt() & 0xffff_ffffL);
    };
  }

  private static UInt64 unsigned(long value) {
    return new UInt64(value >>> 32, value & 0xffff_ffffL);
  }

  private static Boolean truth(int value) throws MalformedMessage {
    if (value != 0 && value != 1) {
      throw new MalformedMessage("a boolean is neither true nor false");
    }
    return value == 1;
  }

  private List<Object> array(String signature, int element, int depth)
      throws MalformedMessage, OversizeMessage {
    int end = arrayEnd(signature.charAt(element));
    var elements = new ArrayList<Object>();
    while (bytes.position() < end) {
      elements.add(value(signature, element, depth));
    }
    endAt(end);
    return elements;
  }

  private Map<Object, Object> dictionary(String signature, int entry, int depth)
      throws MalformedMessage, OversizeMessage {
    int end = arrayEnd('{');
    var entries = new LinkedHashMap<Object, Object>();
    while (bytes.position() < end) {
      align(8);
      var key = value(signature, entry + 1, depth);
      entries.put(key, value(signature, entry + 2, depth));
    }
    endAt(end);
    return entries;
  }

  private int arrayEnd(char elementType) throws MalformedMessage {
    int length = length();
    align(Signature.alignment(elementType));
    need(length);
    return bytes.position() + length;
  }

  private void endAt(int end) throws MalformedMessage {
    if (bytes.position() != end) {
      throw new MalformedMessage("an array does not end with an element");
    }
  }

  private Object[] struct(String signature, int first, int depth)
      throws MalformedMessage, OversizeMessage {
    var fields = new ArrayList<Object>();
    int at = first;
    while (signature.charAt(at) != ')') {
      fields.add(value(signature, at, depth));
      at = Signature.end(signature, at);
    }
    return fields.toArray();
  }

  private Variant<Object> variant(int depth) throws MalformedMessage, OversizeMessage {
    String type = variantSignature();
    var value = value(type, 0, depth);
    try {
      return new Variant<>(value, type);
    } catch (IllegalArgumentException unknown) {
      throw new OversizeMessage("it has a variant of type " + type);
    }
  }

  /** The value in a variant; its type has to be this one. */
  Object content(String wanted) throws MalformedMessage, OversizeMessage {
    if (!variantSignature().equals(wanted)) {
      throw new MalformedMessage("a header field is of another type");
    }
    return value(wanted, 0, 1);
  }

  /** Skips a variant. */
  void skipContent() throws MalformedMessage, OversizeMessage {
    value(variantSignature(), 0, 1);
  }

  private String variantSignature() throws MalformedMessage {
    String type = signature();
    if (!Signature.isOne(type)) {
      throw new MalformedMessage("a variant has no single type");
    }
    return type;
  }

  private String signature() throws MalformedMessage {
    need(1);
    String signature = text(bytes.get() & 0xff);
    if (!Signature.isValid(signature)) {
      throw new MalformedMessage("a signature is invalid");
    }
    return signature;
  }

  private DBusPath path() throws MalformedMessage {
    String path = text(length());
    if (!Signature.isPath(path)) {
      throw new MalformedMessage("an object path is invalid");
    }
    return new DBusPath(path);
  }

  int length() throws MalformedMessage {
    need(4);
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedMessage("something is longer than the message");
    }
    return length;
  }

  private String text(int length) throws MalformedMessage {
    need(length + 1);
    int start = bytes.position();
    boolean ascii = true;
    for (int i = start; i < start + length; i++) {
      byte b = bytes.get(i);
      if (b == 0) {
        throw new MalformedMessage("a text has a NUL");
      }
      ascii &= b > 0;
    }
    if (bytes.get(start + length) != 0) {
      throw new MalformedMessage("a text does not end in NUL");
    }
    bytes.position(start + length + 1);
    return ascii
        ? new String(bytes.array(), start, length, ISO_8859_1)
        : decode(ByteBuffer.wrap(bytes.array(), start, length));
  }

  private static String decode(ByteBuffer text) throws MalformedMessage {
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return decoder.decode(text).toString();
    } catch (CharacterCodingException invalid) {
      throw new MalformedMessage("a text is not UTF-8");
    }
  }

  /** Skips the padding before a value of such an alignment. */
  void align(int alignment) throws MalformedMessage {
    int over = position() & (alignment - 1);
    int padding = over == 0 ? 0 : alignment - over;
    need(padding);
    for (int i = 0; i < padding; i++) {
      if (bytes.get() != 0) {
        throw new MalformedMessage("padding is not zero");
      }
    }
  }

  int int32() throws MalformedMessage {
    need(4);
    return bytes.getInt();
  }

  byte octet() throws MalformedMessage {
    need(1);
    return bytes.get();
  }

  private void need(int count) throws MalformedMessage {
    if (bytes.remaining() < count) {
      throw new MalformedMessage("it ends too early");
    }
  }
}
