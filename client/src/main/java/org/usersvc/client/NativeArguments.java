package org.usersvc.client;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.usersvc.client.socket.NativeText;

/**
 * The arguments as the kernel has them. The JVM decodes them by the locale, which loses bytes; the
 * last entries of {@code /proc/self/cmdline} are the same arguments untouched.
 */
final class NativeArguments {
  private NativeArguments() {}

  /** Native text; {@code mangled} itself if there is no such file. */
  static String[] of(String[] mangled) {
    try (var file = new FileInputStream("/proc/self/cmdline")) {
      return last(file.readAllBytes(), mangled);
    } catch (IOException noProc) {
      return mangled;
    }
  }

  static String[] last(byte[] commandLine, String[] mangled) {
    String[] exact = new String[mangled.length];
    int end = commandLine.length - 1;
    for (int i = exact.length - 1; i >= 0; i--) {
      int start = end;
      while (start > 0 && commandLine[start - 1] != 0) {
        start--;
      }
      if (start <= 0) {
        return mangled;
      }
      exact[i] = NativeText.decode(Arrays.copyOfRange(commandLine, start, end));
      end = start - 1;
    }
    return exact;
  }
}
