package org.usersvc.daemon.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.MessageTypeException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.types.Variant;

/** Sends values through the codec, so that what cannot be sent fails a test. */
final class RoundTrip {
  private static final int FIXED = 12;
  private static final MessageFactory FACTORY = new MessageFactory((byte) 'l');

  private RoundTrip() {}

  /** The values as whoever receives them reads them. */
  static List<Object> through(String signature, Object... values) {
    try {
      var sent = FACTORY.createSignal(":1.1", "/x", "org.x.Y", "Z", signature, values);
      if (signature.isEmpty()) {
        return List.of();
      }
      var parameters = read(bytes(sent)).getParameters();
      return Arrays.asList(parameters);
    } catch (DBusException | MessageTypeException fault) {
      throw new AssertionError(signature + " " + Arrays.deepToString(values), fault);
    }
  }

  private static byte[] bytes(Message message) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] part : message.getWireData()) {
      if (part != null) {
        bytes.writeBytes(part);
      }
    }
    return bytes.toByteArray();
  }

  private static Message read(byte[] bytes) throws DBusException, MessageTypeException {
    var all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int fields = all.getInt(FIXED);
    int body = FIXED + Integer.BYTES + (fields + 7) / 8 * 8;
    var header = new byte[8 + body - FIXED - Integer.BYTES];
    System.arraycopy(bytes, FIXED, header, 0, Integer.BYTES);
    System.arraycopy(bytes, FIXED + Integer.BYTES, header, 8, header.length - 8);
    return MessageFactory.createMessage(
        bytes[1],
        Arrays.copyOf(bytes, FIXED),
        header,
        Arrays.copyOfRange(bytes, body, body + all.getInt(4)),
        List.of());
  }

  /** Values as one line: {@code [foo, (a, 1)]}, {@code {b: true}}, variants as {@code <u 7>}. */
  static String text(Object value) {
    return switch (value) {
      case Variant<?> variant -> "<" + variant.getSig() + " " + text(variant.getValue()) + ">";
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, String>();
        map.forEach((key, each) -> sorted.put(text(key), text(each)));
        yield sorted.toString();
      }
      case List<?> list -> list.stream().map(RoundTrip::text).toList().toString();
      case Object[] struct ->
          Arrays.stream(struct).map(RoundTrip::text).collect(Collectors.joining(", ", "(", ")"));
      default -> String.valueOf(value);
    };
  }
}
