package org.usersvc.daemon.supervise;

import java.util.Set;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.state.RecordedProcess;

/** The names of a supervised process. <b>Loop thread only.</b> */
interface Named {
  /** The service whose run or logger it is. */
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

  /** Its key in the state file. */
  default RecordedProcess.Key key() {
    return new RecordedProcess.Key(serviceId(), isLogger());
  }

  /** A text unique to this process; it names its FIFOs and its mark. */
  default String keyText() {
    return key().text();
  }

  default ServiceId serviceId() {
    return service().id();
  }
}
