package org.usersvc.daemon.render;

/** The version of this daemon, from its jar. */
public final class Version {
  public static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(built from classes)" : version;
  }
}
