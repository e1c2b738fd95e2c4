package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/** Drop-ins that many units share are read once for all of them. */
final class SharedDropInsTest {
  private static final InstantSource LATER =
      InstantSource.fixed(Instant.ofEpochSecond(9_000_000_000L));

  @TempDir Path root;
  private final List<String> read = new ArrayList<>();
  private UnitTree tree;
  private Loader loader;

  @BeforeEach
  void plant() {
    tree = new UnitTree(root, LATER);
    for (int i = 0; i < 10; i++) {
      tree.file(dropIn(i), "[Unit]\nDescription=" + i + "\n");
      tree.file(tree.config() + "/u" + i + ".service", "[Service]\nExecStart=/bin/true\n");
    }
    tree.index.refresh();
    var counted =
        (FileSystem)
            Proxy.newProxyInstance(
                FileSystem.class.getClassLoader(),
                new Class<?>[] {FileSystem.class},
                (_, method, given) -> call(method, given));
    loader = new Loader(counted, tree.index);
  }

  private String dropIn(int i) {
    return tree.config() + "/service.d/" + i + ".conf";
  }

  private Object call(Method method, Object[] given) throws Throwable {
    if (method.getName().equals("read") || method.getName().equals("list")) {
      read.add(given[1].toString());
    }
    try {
      return method.invoke(tree.files, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private List<SourceFile> load(int i) {
    return loader.load(UnitName.of("u" + i + ".service")).dropIns();
  }

  private long readings(String path) {
    return read.stream().filter(path::equals).count();
  }

  @Test
  void manyUnitsReadThemOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(load(i)).hasSize(10);
    }
    assertThat(readings(tree.config() + "/service.d")).isOne();
    assertThat(readings(dropIn(3))).isOne();
  }

  @Test
  void aChangedOneIsReadAgain() {
    load(0);
    tree.file(dropIn(3), "[Unit]\nDescription=another text\n");
    var file = load(1).get(3).content();
    assertThat(file.entries().getFirst().value()).isEqualTo("another text");
  }

  @Test
  void aNewOneIsSeen() {
    load(0);
    tree.file(dropIn(10), "[Unit]\n");
    assertThat(load(1)).hasSize(11);
  }

  @Test
  void whatHasJustChangedIsNotKept() {
    var now = new UnitTree(root);
    now.file(dropIn(3), "[Unit]\nDescription=a\n").load("u0.service");
    now.file(dropIn(3), "[Unit]\nDescription=b\n");
    var file = now.load("u0.service").dropIns().get(3).content();
    assertThat(file.entries().getFirst().value()).isEqualTo("b");
  }
}
