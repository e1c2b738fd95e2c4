package org.usersvc.daemon.wire;

/** The grammar of signatures. */
final class Signature {
  /** The deepest nesting of containers, variants included. */
  static final int DEEPEST = 64;

  private static final int LONGEST = 255;
  private static final String BASIC = "ybnqiuxtdsogh";

  private Signature() {}

  /** Whether the text is a sequence of complete types. */
  static boolean isValid(String signature) {
    int at = 0;
    while (at >= 0 && at < signature.length()) {
      at = end(signature, at, 0);
    }
    return at >= 0 && signature.length() <= LONGEST;
  }

  /** Whether the text is one complete type. */
  static boolean isOne(String signature) {
    return signature.length() <= LONGEST && end(signature, 0, 0) == signature.length();
  }

  /** The end of the type that begins at {@code at}, in a valid signature. */
  static int end(String signature, int at) {
    return end(signature, at, 0);
  }

  /** The end of the type that begins at {@code at}; -1 if it is none. */
  private static int end(String signature, int at, int depth) {
    if (at >= signature.length() || depth > DEEPEST) {
      return -1;
    }
    return switch (signature.charAt(at)) {
      case 'a' -> elementEnd(signature, at + 1, depth + 1);
      case '(' -> structEnd(signature, at + 1, depth + 1);
      case 'v' -> at + 1;
      default -> isBasic(signature, at) ? at + 1 : -1;
    };
  }

  private static int elementEnd(String signature, int at, int depth) {
    boolean isDictionary = at < signature.length() && signature.charAt(at) == '{';
    if (!isDictionary) {
      return end(signature, at, depth);
    }
    int value = isBasic(signature, at + 1) ? end(signature, at + 2, depth + 1) : -1;
    return value >= 0 && value < signature.length() && signature.charAt(value) == '}'
        ? value + 1
        : -1;
  }

  private static int structEnd(String signature, int at, int depth) {
    int next = end(signature, at, depth);
    while (next >= 0 && next < signature.length() && signature.charAt(next) != ')') {
      next = end(signature, next, depth);
    }
    return next >= 0 && next < signature.length() ? next + 1 : -1;
  }

  private static boolean isBasic(String signature, int at) {
    return at < signature.length() && BASIC.indexOf(signature.charAt(at)) >= 0;
  }

  /** The alignment of a value of the type, in bytes. */
  static int alignment(char type) {
    return switch (type) {
      case 'n', 'q' -> 2;
      case 'b', 'i', 'u', 'h', 's', 'o', 'a' -> 4;
      case 'x', 't', 'd', '(', '{' -> 8;
      default -> 1;
    };
  }

  /** Whether the text is a valid object path. */
  static boolean isPath(String text) {
    if (!text.startsWith("/") || (text.length() > 1 && text.endsWith("/"))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isName = c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
      if (!isName && (c != '/' || text.charAt(i - 1) == '/')) {
        return false;
      }
    }
    return true;
  }
}
