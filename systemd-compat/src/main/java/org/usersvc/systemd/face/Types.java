package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;

/** The complete types of a signature. */
final class Types {
  private Types() {}

  /** The complete types in order; the signature is a valid one. */
  static List<String> each(String signature) {
    var all = new ArrayList<String>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < signature.length(); i++) {
      char c = signature.charAt(i);
      depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      if (depth == 0 && c != 'a') {
        all.add(signature.substring(start, i + 1));
        start = i + 1;
      }
    }
    return all;
  }
}
