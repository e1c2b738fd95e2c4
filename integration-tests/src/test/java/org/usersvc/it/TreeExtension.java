package org.usersvc.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its tree and closes it afterwards. */
final class TreeExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(TreeExtension.class);

  /** Keeps the tree from being closed by the store, which knows nothing of failures. */
  private record Holder(Tree tree) {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tree.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      var tree = new Tree();
      context.getStore(NAMESPACE).put(Holder.class, new Holder(tree));
      return tree;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    var holder = context.getStore(NAMESPACE).get(Holder.class, Holder.class);
    if (holder != null) {
      holder.tree().close(context.getExecutionException().isPresent());
    }
  }
}
