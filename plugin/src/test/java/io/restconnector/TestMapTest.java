package io.restconnector;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/**
 * A class with logic has a test class of its name in its package, so that a reader of either finds
 * the other.
 */
class TestMapTest {

  /** Conditional jumps and switches of a class and its nested ones from which on it has logic. */
  private static final int LOGIC = 6;

  private static Set<String> withLogic;
  private static Set<String> tested;

  @BeforeAll
  static void readClasses() throws IOException, URISyntaxException {
    withLogic = new TreeSet<>();
    branches(classesBeside(RestConnector.class))
        .forEach(
            (name, branches) -> {
              if (branches >= LOGIC) {
                withLogic.add(name);
              }
            });
    Path tests = classesBeside(TestMapTest.class);
    try (Stream<Path> files = classFiles(tests)) {
      tested =
          files
              .map(file -> topLevelName(tests, file))
              .filter(name -> name.endsWith("Test"))
              .map(name -> name.substring(0, name.length() - "Test".length()))
              .collect(toCollection(TreeSet::new));
    }
  }

  @Test
  void whenAClassHasLogicThenATestHasItsName() {
    assertThat(withLogic).as("classes with logic").isNotEmpty();
    Set<String> untested = new TreeSet<>(withLogic);
    untested.removeAll(tested);
    assertThat(String.join("\n", untested))
        .as("classes that need a test class of their name, in their package")
        .isEmpty();
  }

  private static Map<String, Integer> branches(Path folder) throws IOException {
    try (Stream<Path> files = classFiles(folder)) {
      return files.collect(
          groupingBy(
              file -> topLevelName(folder, file), summingInt(file -> new Branches().of(file))));
    }
  }

  private static Path classesBeside(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @SuppressWarnings("StreamResourceLeak") // The callers close it.
  private static Stream<Path> classFiles(Path folder) throws IOException {
    return Files.walk(folder).filter(file -> file.toString().endsWith(".class"));
  }

  private static String topLevelName(Path folder, Path file) {
    String path = folder.relativize(file).toString();
    return path.substring(0, path.length() - ".class".length())
        .replaceFirst("\\$.*", "")
        .replace(file.getFileSystem().getSeparator(), ".");
  }

  /** Counts the places of one class file where the road forks. */
  private static final class Branches extends ClassVisitor {

    private int count;

    Branches() {
      super(SpringAsmInfo.ASM_VERSION);
    }

    int of(Path file) {
      try {
        new ClassReader(Files.readAllBytes(file))
            .accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return count;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
        @Override
        public void visitJumpInsn(int opcode, Label label) {
          if (opcode != Opcodes.GOTO) {
            count++;
          }
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
          count++;
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
          count++;
        }
      };
    }
  }
}
