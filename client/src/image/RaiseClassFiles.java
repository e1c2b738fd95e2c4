import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the classes of a jar a version that an AOT cache takes: {@code java RaiseClassFiles.java
 * FROM.jar TO.jar}. picocli's are of Java 5; JDK 25 puts none such into a cache, and to load them
 * from the jar is half of the client's start-up. What they do stays the same: only the version is
 * raised, and the stack maps that it asks for are added.
 */
final class RaiseClassFiles {
  private static final int VERSION = ClassFile.JAVA_8_VERSION;

  private final ClassFile format;

  private RaiseClassFiles(ClassLoader neighbours) {
    var hierarchy =
        ClassHierarchyResolver.ofResourceParsing(neighbours)
            .orElse(ClassHierarchyResolver.defaultResolver());
    format =
        ClassFile.of(
            ClassHierarchyResolverOption.of(hierarchy), StackMapsOption.GENERATE_STACK_MAPS);
  }

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    Files.copy(source, target);
    try (var loader = new URLClassLoader(new URL[] {source.toUri().toURL()});
        FileSystem jar = FileSystems.newFileSystem(target)) {
      var raise = new RaiseClassFiles(loader);
      for (Path file : classes(jar)) {
        Files.write(file, raise.raised(Files.readAllBytes(file)));
      }
    }
  }

  private static List<Path> classes(FileSystem jar) throws IOException {
    try (Stream<Path> files = Files.walk(jar.getPath("/"))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private byte[] raised(byte[] bytes) {
    ClassModel model = format.parse(bytes);
    if (model.majorVersion() >= VERSION) {
      return bytes;
    }
    var version =
        ClassTransform.dropping(ClassFileVersion.class::isInstance)
            .andThen(ClassTransform.endHandler(builder -> builder.withVersion(VERSION, 0)));
    return format.transformClass(
        model, ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
  }
}
