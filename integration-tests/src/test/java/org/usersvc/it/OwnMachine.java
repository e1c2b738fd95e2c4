package org.usersvc.it;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test of a class a machine, and shows what has become of it when the test failed. */
final class OwnMachine implements BeforeEachCallback, AfterEachCallback {
  private @Nullable Machine machine;

  Machine get() {
    if (machine == null) {
      throw new AssertionError("there is no machine outside of a test");
    }
    return machine;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    machine = new Machine();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (machine == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      machine.report();
    }
    machine.close();
  }
}
