package org.usersvc.daemon.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.usersvc.daemon.model.NativeText;

/** Long arguments in the form that posix_spawn needs, in native memory that lives as long. */
final class ArgumentBlock {
  static final ArgumentBlock NONE = new ArgumentBlock(List.of(), List.of());

  private final ByteBuffer memory;

  /**
   * Copies them.
   *
   * @param first addresses of the first arguments, which live elsewhere
   * @param others the arguments after these
   */
  ArgumentBlock(List<Long> first, List<String> others) {
    var texts = others.stream().map(NativeText::encode).toList();
    int at = (first.size() + texts.size() + 1) * Long.BYTES;
    memory =
        ByteBuffer.allocateDirect(at + texts.stream().mapToInt(text -> text.length + 1).sum())
            .order(ByteOrder.nativeOrder());
    first.forEach(memory::putLong);
    for (byte[] text : texts) {
      memory.putLong(address() + at);
      memory.put(at, text);
      at += text.length + 1;
    }
  }

  /** The address of the pointers. */
  long address() {
    return Libc.address(memory);
  }
}
