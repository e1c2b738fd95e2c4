package org.usersvc.daemon.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incoming message.
 *
 * @param serial the sender's number for it
 * @param size its bytes on the wire; it takes a few times as much memory
 * @param values its arguments
 * @param excess why its arguments were not read; empty if they were
 */
record Incoming(
    Kind kind,
    boolean wantsReply,
    int serial,
    int size,
    Header header,
    List<Object> values,
    String excess) {
  private static final int NO_REPLY = 1;

  /** The fields of a header; an absent text is empty. */
  static final class Header {
    private final @Nullable Object[] fields;

    Header(@Nullable Object[] fields) {
      this.fields = fields;
    }

    boolean has(int... numbers) {
      for (int number : numbers) {
        if (fields[number] == null) {
          return false;
        }
      }
      return true;
    }

    String text(int number) {
      var value = fields[number];
      return value == null ? "" : value.toString();
    }

    /** The serial of the call that it answers; 0 if none. */
    int replySerial() {
      return (int) number(Field.REPLY_SERIAL);
    }

    /** A number; 0 if it is absent. */
    long number(int field) {
      return fields[field] instanceof Number number ? number.longValue() : 0;
    }
  }

  /** Reads the fixed part and the fields; the reader then stands at the arguments. */
  static Incoming read(WireReader reader) throws MalformedMessage {
    reader.skip(1);
    var kind = Kind.of(reader.octet() & 0xff);
    boolean wantsReply = (reader.octet() & NO_REPLY) == 0 && kind == Kind.CALL;
    reader.skip(5);
    int serial = reader.int32();
    var header = new Header(fields(reader));
    if (!header.has(needed(kind))) {
      throw new MalformedMessage("a field of its header is missing");
    }
    int size = reader.position();
    return new Incoming(kind, wantsReply, serial, size, header, List.of(), "");
  }

  private static @Nullable Object[] fields(WireReader reader) throws MalformedMessage {
    var fields = new @Nullable Object[Field.COUNT];
    int end = reader.length() + reader.position();
    try {
      while (reader.position() < end) {
        reader.align(8);
        int number = reader.octet() & 0xff;
        if (number == 0) {
          throw new MalformedMessage("a field of its header is invalid");
        } else if (number < Field.COUNT) {
          fields[number] = reader.content(Field.TYPES.substring(number, number + 1));
        } else {
          reader.skipContent();
        }
      }
    } catch (OversizeMessage excess) {
      throw new MalformedMessage("its header is too long");
    }
    if (reader.position() != end) {
      throw new MalformedMessage("its header does not end with a field");
    }
    reader.align(8);
    return fields;
  }

  private static int[] needed(Kind kind) {
    return switch (kind) {
      case CALL -> new int[] {Field.PATH, Field.MEMBER};
      case RETURN -> new int[] {Field.REPLY_SERIAL};
      case ERROR -> new int[] {Field.REPLY_SERIAL, Field.ERROR_NAME};
      case SIGNAL -> new int[] {Field.PATH, Field.INTERFACE, Field.MEMBER};
      case INVALID, UNKNOWN -> new int[0];
    };
  }

  /** The same with its arguments, the rest of the reader. */
  Incoming withValues(WireReader reader) throws MalformedMessage {
    try {
      var all = reader.values(signature());
      if (reader.remaining() > 0) {
        throw new MalformedMessage("it has more than its signature tells");
      }
      return new Incoming(kind, wantsReply, serial, reader.position(), header, all, "");
    } catch (OversizeMessage unread) {
      return exceeding(String.valueOf(unread.getMessage()));
    }
  }

  /** The same without arguments, for this reason. */
  Incoming exceeding(String reason) {
    return new Incoming(kind, wantsReply, serial, size, header, List.of(), reason);
  }

  /** How many descriptors came with it. */
  long descriptors() {
    return header.number(Field.UNIX_FDS);
  }

  String path() {
    return header.text(Field.PATH);
  }

  String interfaceName() {
    return header.text(Field.INTERFACE);
  }

  String member() {
    return header.text(Field.MEMBER);
  }

  String sender() {
    return header.text(Field.SENDER);
  }

  String signature() {
    return header.text(Field.SIGNATURE);
  }
}
