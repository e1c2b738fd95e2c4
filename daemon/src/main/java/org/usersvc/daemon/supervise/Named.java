package org.usersvc.daemon.supervise;

import java.util.Set;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.state.ProcessMemory;

/** What a supervised process is called. <b>Loop thread only.</b> */
interface Named {
  /** The service that it is the run or the logger of. */
  Service service();

  boolean isLogger();

  /** The name that messages and clients use: {@code foot} or {@code foot/log}. */
  default String name() {
    return NativeText.printable(nativeName());
  }

  /** The same as native text. */
  default String nativeName() {
    return isLogger() ? serviceName() + "/log" : serviceName();
  }

  /** The first name of its service, or the last that it had; native text. */
  default String serviceName() {
    return service().nativeName();
  }

  /** All names that the scan directory has for its service now, native text. */
  default Set<String> names() {
    return service().names();
  }

  /** By which the state file knows it. */
  default ProcessMemory.Key key() {
    return new ProcessMemory.Key(serviceId(), isLogger());
  }

  /** A text that no other process has; its FIFOs are called by it, and its mark. */
  default String keyText() {
    return key().text();
  }

  default ServiceId serviceId() {
    return service().id();
  }
}
