package org.usersvc.daemon.render;

/** The version of this daemon, from its jar, and what it was built of and runs on. */
public final class Version {
  public static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(built from classes)" : version;
  }

  /**
   * The commit of the sources, as the launcher says: what is installed may be another one by now.
   */
  public static String commit() {
    return System.getProperty("usersvc.commit", "unknown");
  }

  /** {@code JDK 25.0.3}; of a native executable also its builder. */
  public static String runtime() {
    String jdk = "JDK " + System.getProperty("java.version");
    if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
      return jdk;
    }
    return "native by " + System.getProperty("java.vendor.version", "GraalVM") + ", " + jdk;
  }

  /** All of it, in a line. */
  public static String line() {
    return "usersvcd " + TEXT + " (commit " + commit() + ", " + runtime() + ")";
  }
}
