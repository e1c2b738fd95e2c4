package org.usersvc.client.top;

/**
 * What the processes of a service use. Immutable.
 *
 * @param permille of one processor since the last look; negative: not known yet
 * @param kibibytes resident memory
 */
record Usage(int permille, long kibibytes) {
  static final Usage NONE = new Usage(-1, 0);

  /** {@code 12.5%}; empty if it is not known. */
  String processor() {
    return permille < 0 ? "" : permille / 10 + "." + permille % 10 + "%";
  }

  /** {@code 812K}, {@code 24.5M}, {@code 1.2G}; empty if there is none. */
  String memory() {
    if (kibibytes == 0) {
      return "";
    }
    if (kibibytes < 1024) {
      return kibibytes + "K";
    }
    long tenths = kibibytes * 10 / 1024;
    char unit = 'M';
    if (tenths >= 10_240) {
      tenths /= 1024;
      unit = 'G';
    }
    return tenths / 10 + "." + tenths % 10 + unit;
  }
}
