package org.usersvc.daemon.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The members of an interface, read from its introspection XML: callers are served by the same text
 * that they see.
 *
 * @param xml the element {@code interface}, without comments
 */
public record Interface(
    String name, Map<String, Method> methods, Map<String, Property> properties, String xml) {

  /**
   * A method.
   *
   * @param in the signature of the arguments
   * @param out the signature of the answer
   */
  public record Method(String in, String out) {}

  /**
   * A property; whether it can be set is up to {@link Served#set}.
   *
   * @param signalled whether changes are signalled with the value
   */
  public record Property(String signature, boolean signalled) {}

  /** The properties whose changes are signalled. */
  public Set<String> signalled() {
    var names = new LinkedHashSet<String>();
    properties.forEach((name, property) -> {
      if (property.signalled()) {
        names.add(name);
      }
    });
    return names;
  }

  /**
   * The interface in a resource of a jar.
   *
   * @param beside a class in the package of the resource
   * @param name the interface's name; the resource is {@code NAME.xml}
   */
  public static Interface load(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name + ".xml")) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + ".xml");
      }
      return InterfaceReader.read(new String(in.readAllBytes(), UTF_8));
    } catch (IOException broken) { // the jar itself cannot be read
      throw new UncheckedIOException(broken);
    }
  }
}
