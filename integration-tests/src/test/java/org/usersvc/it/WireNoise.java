package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Messages of D-Bus, most of which are right, with random contents. */
final class WireNoise {
  /** Interface, member, signature. */
  private static final String[] METHODS = {
    "org.usersvc1.Manager Rescan ",
    "org.usersvc1.Manager ListServices ",
    "org.usersvc1.Manager GetService s",
    "org.usersvc1.Manager RegisterSession a{ss}a{sv}",
    "org.usersvc1.Manager UnregisterSession o",
    "org.usersvc1.Manager SetEnvironment a{ss}",
    "org.usersvc1.Manager UnsetEnvironment as",
    "org.usersvc1.Manager Up su",
    "org.usersvc1.Manager Down su",
    "org.usersvc1.Manager ForceStop su",
    "org.usersvc1.Manager Signal ss",
    "org.freedesktop.systemd1.Manager SetEnvironment as",
    "org.freedesktop.systemd1.Manager UnsetEnvironment as",
    "org.freedesktop.systemd1.Manager UnsetAndSetEnvironment asas",
    "org.freedesktop.systemd1.Manager Subscribe ",
    "org.freedesktop.systemd1.Manager StartUnit ss",
    "org.freedesktop.systemd1.Manager StopUnit ss",
    "org.freedesktop.systemd1.Manager RestartUnit ss",
    "org.freedesktop.systemd1.Manager ReloadOrTryRestartUnit ss",
    "org.freedesktop.systemd1.Manager EnqueueUnitJob sss",
    "org.freedesktop.systemd1.Manager KillUnit ssi",
    "org.freedesktop.systemd1.Manager StartTransientUnit ssa(sv)a(sa(sv))",
    "org.freedesktop.systemd1.Manager GetUnit s",
    "org.freedesktop.systemd1.Manager LoadUnit s",
    "org.freedesktop.systemd1.Manager RefUnit s",
    "org.freedesktop.systemd1.Manager ListUnits ",
    "org.freedesktop.systemd1.Manager ListUnitsByNames as",
    "org.freedesktop.systemd1.Manager ListUnitsByPatterns asas",
    "org.freedesktop.systemd1.Manager ListUnitFiles ",
    "org.freedesktop.systemd1.Manager ListJobs ",
    "org.freedesktop.systemd1.Manager CancelJob u",
    "org.freedesktop.systemd1.Manager GetUnitByPID u",
    "org.freedesktop.systemd1.Manager GetUnitProcesses s",
    "org.freedesktop.systemd1.Manager ResetFailed ",
    "org.freedesktop.systemd1.Manager Reload ",
    "org.freedesktop.systemd1.Manager GetUnitFileState s",
    "org.freedesktop.systemd1.Manager EnableUnitFiles asbb",
    "org.freedesktop.systemd1.Manager DisableUnitFiles asb",
    "org.freedesktop.systemd1.Manager MaskUnitFiles asbb",
    "org.freedesktop.systemd1.Unit Start s",
    "org.freedesktop.systemd1.Unit Stop s",
    "org.freedesktop.DBus.Properties Get ss",
    "org.freedesktop.DBus.Properties GetAll s",
    "org.freedesktop.DBus.Properties Set ssv",
    "org.freedesktop.DBus.Introspectable Introspect ",
    "org.freedesktop.DBus.Peer Ping ",
    "org.freedesktop.DBus.ObjectManager GetManagedObjects ",
  };

  private static final String[] PATHS = {
    "/",
    "/org",
    "/org/usersvc1",
    "/org/usersvc1/service",
    "/org/usersvc1/service/victim",
    "/org/usersvc1/service/_2e_2e_2fx",
    "/org/usersvc1/session/1",
    "/org/freedesktop/systemd1",
    "/org/freedesktop/systemd1/unit",
    "/org/freedesktop/systemd1/unit/a_2eservice",
    "/org/freedesktop/systemd1/unit/_",
    "/org/freedesktop/systemd1/job/1",
    "/x".repeat(200),
  };

  private static final String[] TEXTS = {
    "",
    "victim",
    "A=1",
    "A".repeat(300),
    "é",
    "/",
    "org.usersvc1.Manager",
    "A=\t",
    "PATH",
    "a.service",
    "b@x.service",
    "b@.service",
    "c.target",
    "d.socket",
    "e.scope",
    "f.slice",
    "replace",
    "fail",
    "ignore-dependencies",
    "start",
    "main",
    "Description",
    "ExecStart",
    "PIDs",
    "Wants"
  };

  private static final String[] SIGNATURES = {
    "", "s", "as", "a{sv}", "v", "(sa{sv})", "aas", "av", "ay", "d", "t", "h", "a(sv)"
  };

  private static final int MOST_VARIANTS = 40;

  private final Noise noise;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireNoise(Noise noise) {
    this.noise = noise;
  }

  /** A method call. */
  String call(int serial) {
    var method = noise.one(METHODS).split(" ", -1);
    boolean systemd = method[0].contains("systemd1");
    String usual = systemd ? "/org/freedesktop/systemd1" : "/org/usersvc1";
    String path = noise.chance(0.6) ? usual : noise.one(PATHS);
    String signature = noise.chance(0.1) ? noise.one(SIGNATURES) : method[2];
    out.reset();
    field(1, 'o', path);
    field(3, 's', method[1]);
    if (noise.chance(0.9)) {
      field(2, 's', method[0]);
    }
    if (noise.chance(0.4)) {
      field(6, 's', noise.one("org.usersvc1", ":1.1", "x"));
    }
    if (noise.chance(0.15)) {
      field(noise.number(4, 5, 7, 9, 10, 200), 's', "x");
    }
    return message(1, serial, noise.number(0, 0, 0, 1, 2, 255), signature, body(signature));
  }

  /** What a bus says: a reply to one of the first calls, an error, or a signal. */
  String ofBus(int serial) {
    int type = noise.number(2, 2, 2, 3, 4, 4);
    String signature = type == 2 ? noise.one("s", "u", "", "as", "v") : "s";
    String body = body(signature);
    out.reset();
    if (type == 4) {
      field(1, 'o', "/org/freedesktop/DBus");
      field(2, 's', "org.freedesktop.DBus");
      field(3, 's', noise.one("NameAcquired", "NameLost", "NameOwnerChanged", "X"));
    } else {
      number(5, noise.number(1, 2, 3, 4, 5, 6));
      if (type == 3) {
        field(4, 's', "org.x.Error");
      }
    }
    field(7, 's', "org.freedesktop.DBus");
    return message(type, serial, 0, signature, body);
  }

  private String message(int type, int serial, int flags, String signature, String body) {
    String fields = out.toString(ISO_8859_1);
    out.reset();
    out.writeBytes(new byte[] {'l', (byte) type, (byte) flags, 1});
    uint(body.length());
    uint(serial);
    int at = out.size();
    uint(0);
    out.writeBytes(fields.getBytes(ISO_8859_1));
    if (!signature.isEmpty()) {
      field(8, 'g', signature);
    }
    int length = out.size() - at - 4;
    align(8);
    var bytes = out.toByteArray();
    put(bytes, at, length);
    return new String(bytes, ISO_8859_1) + body;
  }

  private void field(int code, char type, String value) {
    align(8);
    out.writeBytes(new byte[] {(byte) code, 1, (byte) type, 0});
    if (type == 'g') {
      signature(value);
    } else {
      string(value);
    }
  }

  private void number(int code, int value) {
    align(8);
    out.writeBytes(new byte[] {(byte) code, 1, 'u', 0});
    uint(value);
  }

  /** Values for a signature. */
  private String body(String signature) {
    var fields = out.toByteArray();
    out.reset();
    for (int i = 0; i < signature.length(); ) {
      i = value(signature, i, 0);
    }
    String body = out.toString(ISO_8859_1);
    out.reset();
    out.writeBytes(fields);
    return body;
  }

  /** Writes one value; where the signature goes on. */
  private int value(String signature, int at, int depth) {
    switch (signature.charAt(at)) {
      case 'y' -> out.write(noise.below(256));
      case 'b', 'i', 'u', 'h' -> uint(noise.edge());
      case 'x', 't', 'd' -> {
        align(8);
        out.writeBytes(noise.bytes(8));
      }
      case 'o' -> string(noise.one(PATHS));
      case 's' -> string(noise.one(TEXTS));
      case 'v' -> variant(depth);
      case '(', '{' -> {
        align(8);
        int next = at + 1;
        while (")}".indexOf(signature.charAt(next)) < 0) {
          next = value(signature, next, depth + 1);
        }
        return next + 1;
      }
      case 'a' -> {
        return array(signature, at + 1, depth);
      }
      default -> throw new AssertionError(signature);
    }
    return at + 1;
  }

  private void variant(int depth) {
    String inner = noise.one("s", "u", "as", depth < 4 ? "a{sv}" : "s", "v", "(su)", "ay", "h");
    String kept = depth < MOST_VARIANTS ? inner : "y";
    signature(kept);
    value(kept, 0, depth + 1);
  }

  private int array(String signature, int at, int depth) {
    align(4);
    int length = out.size();
    uint(0);
    align("({xtd".indexOf(signature.charAt(at)) >= 0 ? 8 : 1);
    int start = out.size();
    for (int i = noise.number(0, 1, 2, 5); i > 0; i--) {
      value(signature, at, depth + 1);
    }
    int actual = out.size() - start;
    int told = noise.chance(0.6) ? actual : noise.edge();
    var bytes = out.toByteArray();
    put(bytes, length, told);
    out.reset();
    out.writeBytes(bytes);
    return end(signature, at);
  }

  /** Where a complete type ends. */
  private static int end(String signature, int at) {
    char c = signature.charAt(at);
    if (c == 'a') {
      return end(signature, at + 1);
    }
    if (c != '(' && c != '{') {
      return at + 1;
    }
    int next = at + 1;
    while (")}".indexOf(signature.charAt(next)) < 0) {
      next = end(signature, next);
    }
    return next + 1;
  }

  private static void put(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  private void align(int to) {
    while (out.size() % to != 0) {
      out.write(0);
    }
  }

  private void uint(int value) {
    align(4);
    for (int i = 0; i < 4; i++) {
      out.write(value >> (8 * i));
    }
  }

  private void string(String text) {
    var bytes = text.getBytes(UTF_8);
    uint(bytes.length);
    out.writeBytes(bytes);
    out.write(0);
  }

  private void signature(String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(UTF_8));
    out.write(0);
  }
}
