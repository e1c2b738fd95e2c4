package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.Container;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages, little-endian, from the values that dbus-java takes. dbus-java's own writer
 * makes an array of each number and copies the list of them for every twenty: for 10 000 services
 * it took 28 s.
 */
final class WireWriter {
  /** The longest message; a list of 10 000 services needs half of it. */
  private static final int MOST = 16 * 1024 * 1024;

  private static final int IDLE = 4096;

  private byte[] bytes = new byte[IDLE];
  private int size;

  int size() {
    return size;
  }

  /** The written bytes; the writer then begins an empty message. */
  byte[] take() {
    byte[] taken = bytes;
    if (size > IDLE / 2) {
      bytes = new byte[IDLE];
    } else {
      taken = Arrays.copyOf(bytes, size);
    }
    size = 0;
    return taken;
  }

  /**
   * Writes one message.
   *
   * @param fields of the header, by their number; null: absent
   * @throws OversizeMessage if it is too long to be sent
   * @throws IllegalArgumentException if the values do not match the signature
   */
  void message(Kind kind, byte flags, int serial, @Nullable Object[] fields, List<?> values)
      throws OversizeMessage {
    size = 0;
    octet('l');
    octet(kind.number());
    octet(flags);
    octet(1);
    int32(0);
    int32(serial);
    header(fields);
    align(8);
    int body = size;
    String signature = fields[Field.SIGNATURE] instanceof String s ? s : "";
    values(signature, values);
    int32At(4, size - body);
  }

  private void header(@Nullable Object[] fields) throws OversizeMessage {
    int length = size;
    int32(0);
    int start = size;
    for (int number = 1; number < fields.length; number++) {
      var value = fields[number];
      if (value != null) {
        align(8);
        octet(number);
        variant(new Object[] {Field.TYPES.substring(number, number + 1), value});
      }
    }
    int32At(length, size - start);
  }

  private void values(String signature, List<?> values) throws OversizeMessage {
    int at = 0;
    for (Object value : values) {
      if (at >= signature.length()) {
        throw new IllegalArgumentException("more values than " + signature);
      }
      value(signature, at, value);
      at = Signature.end(signature, at);
    }
    if (at != signature.length()) {
      throw new IllegalArgumentException("fewer values than " + signature);
    }
  }

  private void value(String signature, int at, Object value) throws OversizeMessage {
    char type = signature.charAt(at);
    align(Signature.alignment(type));
    switch (type) {
      case 'a' -> array(signature, at + 1, value);
      case '(' -> struct(signature, at + 1, value);
      case 'v' -> variant(value);
      case 's' -> text(value.toString());
      case 'o' -> path(value.toString());
      case 'g' -> signature(value.toString());
      case 'b' -> int32((Boolean) value ? 1 : 0);
      case 'y' -> octet(((Number) value).intValue());
      case 'd' -> int64(Double.doubleToRawLongBits(((Number) value).doubleValue()));
      case 't' -> int64(unsigned(value));
      case 'x' -> int64(((Number) value).longValue());
      case 'n', 'q' -> int16(((Number) value).intValue());
      default -> int32((int) ((Number) value).longValue());
    }
  }

  private static long unsigned(Object value) {
    return value instanceof UInt64 wide
        ? wide.top() << 32 | (wide.bottom() & 0xffff_ffffL)
        : ((Number) value).longValue();
  }

  private void array(String signature, int element, Object value) throws OversizeMessage {
    int length = size;
    int32(0);
    align(Signature.alignment(signature.charAt(element)));
    int start = size;
    switch (value) {
      case Map<?, ?> map -> entries(signature, element, map);
      case byte[] octets -> append(octets);
      case Collection<?> elements -> elements(signature, element, elements);
      case Object[] elements -> elements(signature, element, Arrays.asList(elements));
      default -> throw new IllegalArgumentException("no array: " + value.getClass());
    }
    int32At(length, size - start);
  }

  private void elements(String signature, int element, Collection<?> values)
      throws OversizeMessage {
    for (Object value : values) {
      value(signature, element, value);
    }
  }

  private void entries(String signature, int entry, Map<?, ?> map) throws OversizeMessage {
    for (var each : map.entrySet()) {
      align(8);
      value(signature, entry + 1, each.getKey());
      value(signature, entry + 2, each.getValue());
    }
  }

  private void struct(String signature, int first, Object value) throws OversizeMessage {
    var fields =
        switch (value) {
          case Container container -> List.of(container.getParameters());
          case Object[] array -> List.of(array);
          case List<?> list -> list;
          default -> throw new IllegalArgumentException("no struct: " + value.getClass());
        };
    int at = first;
    for (Object field : fields) {
      value(signature, at, field);
      at = Signature.end(signature, at);
    }
    if (signature.charAt(at) != ')') {
      throw new IllegalArgumentException("fewer fields than " + signature);
    }
  }

  private void variant(Object value) throws OversizeMessage {
    switch (value) {
      case Variant<?> variant -> variant(variant.getSig(), variant.getValue());
      case Object[] pair -> variant(pair[0].toString(), pair[1]);
      default -> variant(new Variant<>(value));
    }
  }

  private void variant(String type, Object value) throws OversizeMessage {
    signature(type);
    value(type, 0, value);
  }

  private void text(String text) throws OversizeMessage {
    byte[] encoded = text.replace('\0', '\uFFFD').getBytes(UTF_8);
    int32(encoded.length);
    append(encoded);
    octet(0);
  }

  private void path(String path) throws OversizeMessage {
    if (!Signature.isPath(path)) {
      throw new IllegalArgumentException("no object path: " + path);
    }
    text(path);
  }

  private void signature(String signature) throws OversizeMessage {
    if (!Signature.isValid(signature)) {
      throw new IllegalArgumentException("no signature: " + signature);
    }
    octet(signature.length());
    append(signature.getBytes(UTF_8));
    octet(0);
  }

  private void align(int alignment) throws OversizeMessage {
    while ((size & (alignment - 1)) != 0) {
      octet(0);
    }
  }

  private void octet(int value) throws OversizeMessage {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  private void int16(int value) throws OversizeMessage {
    octet(value);
    octet(value >> 8);
  }

  private void int32(int value) throws OversizeMessage {
    reserve(4);
    size += 4;
    int32At(size - 4, value);
  }

  private void int64(long value) throws OversizeMessage {
    int32((int) value);
    int32((int) (value >> 32));
  }

  private void int32At(int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  private void append(byte[] more) throws OversizeMessage {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void reserve(int more) throws OversizeMessage {
    int needed = size + more;
    if (needed > MOST) {
      bytes = new byte[IDLE];
      size = 0;
      throw new OversizeMessage("it is longer than 16 MiB");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MOST, Math.max(needed, bytes.length * 3 / 2)));
    }
  }
}
