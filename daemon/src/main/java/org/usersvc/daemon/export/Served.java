package org.usersvc.daemon.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;

/** One interface of one object. <b>Loop thread only.</b> */
public interface Served {
  Interface type();

  /** Serves a method of the interface; the arguments have the declared signature. */
  void call(Call call);

  /** The value of a property of the interface, of the declared type. */
  Object value(String property);

  /**
   * Sets a property of the interface, and answers; most cannot be set.
   *
   * @param value of any type
   */
  default void set(String property, Object value, Call call) {
    call.fail(StandardErrors.PROPERTY_READ_ONLY, property + " cannot be set");
  }

  /** The value of a property with its signature. */
  default Variant<?> variant(String property) {
    var declared = type().properties().get(property);
    if (declared == null) {
      throw new IllegalArgumentException(type().name() + " has no property " + property);
    }
    return new Variant<>(value(property), declared.signature());
  }

  /** All properties, as a{sv}. */
  default Map<String, Variant<?>> variants() {
    var all = new LinkedHashMap<String, Variant<?>>();
    type().properties().keySet().forEach(name -> all.put(name, variant(name)));
    return all;
  }
}
