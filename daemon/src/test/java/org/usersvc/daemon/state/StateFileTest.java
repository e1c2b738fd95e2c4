package org.usersvc.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.lifecycle.Cause;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.Standing;

/** What is put into the state file, and what the next daemon makes of it. */
final class StateFileTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678901234Z");

  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();
  private final FileSystem files = new PosixFileSystem();
  private boolean full;

  private Path path() {
    return root.resolve("state");
  }

  private StateFile file() {
    return file(files);
  }

  private StateFile file(FileSystem system) {
    var header = Header.of(files, SelfProcess.pid());
    return new StateFile(system, path().toString(), header, warnings::add);
  }

  private PreviousState read() throws IOException {
    var found = file().read(SelfProcess.uid());
    Files.deleteIfExists(root.resolve("state.tries"));
    return found;
  }

  private static RecordedProcess memory(int inode, Phase phase) {
    return memory(inode, phase, "web");
  }

  private static RecordedProcess memory(int inode, Phase phase, String name) {
    var needs = new LinkedHashMap<String, @Nullable String>();
    needs.put("DISPLAY", ":0");
    needs.put("WAYLAND_DISPLAY", null);
    return new RecordedProcess(
        new RecordedProcess.Key(new ServiceId(42, inode), inode % 2 == 0),
        name,
        new ServiceState(phase, Wanted.UP, true, Command.HUP, 3),
        new RecordedProcess.Living(
            new ProcessIdentity(phase.pidOrZero(), 77), new ProcessIdentity(8, 9), 12),
        new RecordedProcess.Past(
            THEN,
            THEN.plusNanos(1),
            5,
            4,
            ExitStatus.killed(9, true),
            THEN,
            inode == 1 ? null : new RecordedProcess.Elapsing(-7, 2 - inode)),
        "du",
        needs);
  }

  private static List<RecordedProcess> five() {
    return List.of(
        memory(1, new Phase.Running(100, true, false, Cause.NEED_CHANGED, true)),
        memory(2, new Phase.Finishing(101, Next.LATER)),
        memory(3, new Phase.Down(Result.FAILED)),
        memory(4, new Phase.BackingOff(), "odd \udcff name\n"),
        memory(5, new Phase.Completed()));
  }

  private static RecordedSession session(int id) {
    var variables = Environment.of(Map.of("DISPLAY", ":1", "X", "\udc80"));
    var standing = id == 1 ? Standing.LOGIN : new Standing(false, true, 1, "unix:path=/b");
    var session = new Session(id, "sway", new Leader(17, "sway"), variables, THEN, standing);
    var companion = id == 1 ? ProcessIdentity.NONE : new ProcessIdentity(19, 20);
    return new RecordedSession(session, new ProcessIdentity(17, 18), companion);
  }

  private void write(List<RecordedProcess> memories) {
    var file = file();
    memories.forEach(file::put);
    file.flush();
  }

  @Test
  void whatIsPutIsReadAgain() throws IOException {
    var byHand = new LinkedHashMap<String, @Nullable String>();
    byHand.put("A", "1");
    byHand.put("B", null);
    var file = file();
    five().forEach(file::put);
    file.put(session(3));
    file.put(byHand, 7);
    file.flush();
    assertThat(read())
        .isEqualTo(
            new PreviousState(
                true, true, five(), List.of(session(3)), byHand, 7, PreviousState.SETTLED));
    assertThat(warnings).isEmpty();
  }

  @Test
  void untilAllIsTakenOverTheNextDaemonLooksSinceWhen() throws IOException {
    var file = file();
    file.unsettle(1234);
    file.flush();
    assertThat(read().unsettled()).isEqualTo(1234);
    file.settle();
    file.flush();
    assertThat(read().unsettled()).isEqualTo(PreviousState.SETTLED);
  }

  @Test
  void everyPhaseIsReadAgain() throws IOException {
    var phases =
        List.of(
            new Phase.Down(),
            new Phase.Incomplete(),
            new Phase.Waiting(),
            new Phase.Preparing(),
            new Phase.Running(5, false, false),
            new Phase.Gone());
    for (var phase : phases) {
      var memory = memory(1, phase);
      write(List.of(memory));
      assertThat(read().processes()).containsExactly(memory);
    }
  }

  @Test
  void ofTwoLinesAboutOneThingTheLastCounts() throws IOException {
    var file = file();
    five().forEach(file::put);
    file.flush();
    file.put(memory(1, new Phase.Down()));
    file.remove(five().get(1).key());
    file.put(session(1));
    file.flush();
    file.keepSessions(Set.of());
    file.flush();
    var found = read();
    assertThat(found.processes())
        .containsExactly(memory(1, new Phase.Down()), five().get(2), five().get(3), five().get(4));
    assertThat(found.sessions()).isEmpty();
  }

  @Test
  void nothingIsWrittenWhereNothingHasChanged() throws IOException {
    var file = file();
    five().forEach(file::put);
    file.flush();
    long size = Files.size(path());
    five().forEach(file::put);
    file.flush();
    assertThat(Files.size(path())).isEqualTo(size);
  }

  @Test
  void oneChangeIsOneLine() throws IOException {
    var file = file();
    five().forEach(file::put);
    file.flush();
    long before = Files.size(path());
    file.put(memory(1, new Phase.Down()));
    file.flush();
    assertThat(Files.size(path()) - before).isLessThan(1000);
    assertThat(Files.readAllLines(path(), US_ASCII)).hasSize(7);
  }

  @Test
  void itDoesNotGrowWithoutBound() throws IOException {
    var file = file();
    for (int i = 0; i < 2000; i++) {
      file.put(memory(1, new Phase.Running(i + 1, false, true)));
      file.flush();
      assertThat(Files.size(path())).isLessThan(80 * 1024);
    }
    assertThat(read().processes()).containsExactly(memory(1, new Phase.Running(2000, false, true)));
  }

  @Test
  void whereverItIsCutWhatComesBeforeCounts() throws IOException {
    write(five());
    byte[] whole = Files.readAllBytes(path());
    for (int length = 0; length < whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      warnings.clear();
      var found = read();
      int lines = (int) new String(whole, 0, length, US_ASCII).chars().filter(c -> c == 10).count();
      assertThat(found.earlier()).isTrue();
      assertThat(found.processes()).isEqualTo(five().subList(0, Math.max(0, lines - 1)));
      boolean cut = length == 0 || whole[length - 1] != '\n';
      assertThat(found.complete()).isEqualTo(!cut);
      assertThat(warnings).hasSize(cut ? 1 : 0);
    }
  }

  /** As versions before wrote them. */
  private void makeOld() throws IOException {
    String text = Files.readString(path(), US_ASCII);
    String before =
        text.replaceAll(",\"sum\":\"[0-9a-f]{8}\"", "")
            .replace("\"phase\":\"failed\"", "\"phase\":\"down\",\"failed\":true")
            .replace("\"cause\":\"need_changed\"", "\"outdated\":true")
            .replaceAll(",\"(result|cause)\":\"[A-Za-z_]+\"", "");
    assertThat(before).doesNotContain("cause", "result", "sum");
    Files.writeString(path(), before, US_ASCII);
  }

  @Test
  void aFileOfAVersionBeforeIsRead() throws IOException {
    write(five());
    makeOld();
    var file = file();
    assertThat(file.read(SelfProcess.uid()).processes()).isEqualTo(five());
    file.flush();
    assertThat(read().processes()).isEqualTo(five());
    assertThat(warnings).isEmpty();
  }

  @Test
  void aLineThatWasChangedIsLeftOutAndTheOthersCount() throws IOException {
    write(five());
    byte[] whole = Files.readAllBytes(path());
    var lines = new String(whole, US_ASCII).split("(?<=\n)", -1);
    int begin = lines[0].length() + lines[1].length();
    for (int i = begin; i < begin + lines[2].length(); i++) {
      var changed = whole.clone();
      changed[i] ^= 1;
      Files.write(path(), changed);
      warnings.clear();
      var found = read();
      assertThat(found.complete()).isFalse();
      assertThat(found.processes()).hasSizeBetween(3, 4).contains(five().get(0), five().get(4));
      assertThat(found.processes()).isSubsetOf(five());
      assertThat(warnings).hasSize(1);
      assertThat(warnings.getFirst()).contains("line 3");
    }
  }

  @Test
  void aSignalToAllOrToInitIsNeverBelieved() throws IOException {
    for (String wrong : List.of("\"last_run\":1,", "\"last_run\":-1,", "\"last_run\":-5,")) {
      write(five());
      makeOld();
      String text = Files.readString(path(), US_ASCII);
      Files.writeString(path(), text.replace("\"last_run\":12,", wrong), US_ASCII);
      assertThat(read().processes()).as(wrong).isEmpty();
    }
  }

  @Test
  void anEndlessFileCostsNeitherMemoryNorTheStart() throws IOException {
    write(five());
    byte[] gone = (gone(3) + gone(4)).getBytes(US_ASCII);
    try (var out = Files.newOutputStream(path(), StandardOpenOption.APPEND)) {
      var junk = new byte[20 * 1024 * 1024];
      Arrays.fill(junk, (byte) 'x');
      out.write(junk);
      out.write('\n');
      out.write(gone);
    }
    var found = read();
    assertThat(found.complete()).isFalse();
    assertThat(found.processes()).isEqualTo(five().subList(0, 3));
  }

  private static String gone(int index) {
    return new String(StateLines.gone(five().get(index).key().text()), US_ASCII) + "\n";
  }

  @Test
  void oneThatHasEndedEachReaderIsNotReadForEver() throws IOException {
    write(five());
    for (int i = 0; i < ReadTries.MOST; i++) {
      assertThat(file().read(SelfProcess.uid()).processes()).hasSize(5);
    }
    putAside("has ended each usersvcd");
  }

  @Test
  void afterALineWithoutSenseNothingIsTrustedWithoutSums() throws IOException {
    for (String junk :
        List.of(
            "junk",
            "{}",
            "[]",
            "{\"process\":3}",
            "{\"process\":\"a\",\"phase\":\"flying\",\"wanted\":\"up\"}",
            "{\"process\":\"a\",\"phase\":\"down\",\"wanted\":\"sideways\"}",
            "{\"process\":\"a\",\"phase\":\"down\",\"wanted\":\"up\",\"pid\":99999999999}",
            "{\"process\":\"a\",\"inode\":123456789012345678901234567890}",
            "{\"process\":\"a\",\"x\":[1]}",
            "{\"process\":\"a\",\"x\":{\"b\":1}}",
            "{\"session\":\"a\"}",
            "{\"gone\":1}",
            "{\"gone\":\"a\"}{\"gone\":\"b\"}",
            "{\"gone\":\n\"a\"}",
            "",
            "\0\0\0\0")) {
      write(five());
      makeOld();
      var lines = new ArrayList<>(Files.readAllLines(path(), US_ASCII));
      lines.add(3, junk);
      Files.write(path(), lines, US_ASCII);
      warnings.clear();
      assertThat(read().processes()).as(junk).isEqualTo(five().subList(0, 2));
      assertThat(warnings).hasSize(1);
      assertThat(warnings.getFirst()).contains(path().toString(), "line 4");
    }
  }

  @Test
  void theWordsOfEarlierDaemonsAreRead() throws IOException {
    var past = "\"wanted\":\"up\",\"since\":1000,\"starts\":2}";
    var lines =
        List.of(
            "{\"process\":\"2a-1\",\"name\":\"a\",\"phase\":\"preparing\"," + past,
            "{\"process\":\"2a-2\",\"name\":\"b\",\"phase\":\"running\",\"term\":true,"
                + "\"outdated\":true,\"ready\":true,\"pid\":70,\"start\":7,"
                + past,
            "{\"process\":\"2a-3\",\"name\":\"c\",\"phase\":\"completed\"," + past,
            "{\"process\":\"2a-4\",\"name\":\"d\",\"phase\":\"finishing\",\"next\":\"later\","
                + "\"pid\":71,\"start\":7,"
                + past,
            "{\"process\":\"2a-5\",\"name\":\"e\",\"phase\":\"backing-off\"," + past,
            "{\"process\":\"2a-6\",\"name\":\"f\",\"phase\":\"down\",\"failed\":true," + past);
    write(five());
    makeOld();
    var header = Files.readAllLines(path(), US_ASCII).getFirst();
    Files.write(path(), Stream.concat(Stream.of(header), lines.stream()).toList(), US_ASCII);
    assertThat(read().processes())
        .extracting(memory -> memory.state().phase())
        .containsExactly(
            new Phase.Preparing(),
            new Phase.Running(70, true, false, Cause.NEED_CHANGED, true),
            new Phase.Completed(),
            new Phase.Finishing(71, Next.LATER),
            new Phase.BackingOff(),
            new Phase.Down(Result.FAILED));
    assertThat(warnings).isEmpty();
  }

  @Test
  void earlierDaemonsReadThePhasesToo() throws IOException {
    write(five());
    assertThat(Files.readString(path(), US_ASCII))
        .contains("\"phase\":\"running\"", "\"phase\":\"finishing\"", "\"failed\":true")
        .contains("\"phase\":\"backing-off\"", "\"phase\":\"completed\"");
  }

  @Test
  void whatIsUnknownInALineIsLeftOut() throws IOException {
    write(five());
    makeOld();
    String text = Files.readString(path(), US_ASCII);
    Files.writeString(path(), text.replace("{\"process\"", "{\"later\":1,\"process\""), US_ASCII);
    assertThat(read().processes()).isEqualTo(five());
  }

  private void putAside(String reason) throws IOException {
    var found = read();
    assertThat(found.processes()).isEmpty();
    assertThat(found.earlier()).isTrue();
    assertThat(found.complete()).isFalse();
    assertThat(path()).doesNotExist();
    assertThat(root.resolve("state.old")).exists();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).contains(reason, path() + ".old");
  }

  @Test
  void thatOfAnotherVersionIsPutAside() throws IOException {
    Files.writeString(path(), "{\"version\":2,\"boot\":\"x\"}\n{\"news\":1}\n");
    putAside("another version (2)");
  }

  @Test
  void thatOfAnotherBootIsPutAside() throws IOException {
    write(five());
    makeOld();
    String text = Files.readString(path(), US_ASCII);
    Files.writeString(path(), text.replaceFirst("\"boot\":\"[^\"]*\"", "\"boot\":\"b\""), US_ASCII);
    putAside("started anew");
  }

  @Test
  void whatIsNoFileIsPutAside() throws IOException {
    Files.createFile(root.resolve("state.old"));
    Files.createDirectory(path());
    putAside("not a regular file");
  }

  @Test
  void whatIsPutAsideUnreadLeavesNoTries() throws IOException {
    Files.createFile(root.resolve("state.tries"));
    Files.createDirectory(path());
    assertThat(file().read(SelfProcess.uid()).processes()).isEmpty();
    assertThat(root.resolve("state.tries")).doesNotExist();
  }

  @Test
  void thatOfSomebodyElseIsPutAside() throws IOException {
    write(five());
    var found = file().read(SelfProcess.uid() + 1);
    assertThat(found.processes()).isEmpty();
    assertThat(path()).doesNotExist();
    assertThat(warnings.getFirst()).contains("belongs to uid");
  }

  @Test
  void withoutAFileThereWasNoEarlierDaemon() throws IOException {
    assertThat(read()).isEqualTo(PreviousState.NOTHING);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatWasReadIsInTheNextFile() throws IOException {
    write(five());
    var file = file();
    file.read(SelfProcess.uid());
    file.put(memory(9, new Phase.Down()));
    file.flush();
    assertThat(read().processes()).hasSize(6).containsAll(five());
  }

  @Test
  void atTheRegularEndNothingIsLeft() throws IOException {
    var file = file();
    file.put(five().getFirst());
    file.flush();
    file.delete();
    assertThat(root).isEmptyDirectory();
  }

  /** Files whose writes fail, each with a half of it written, while the disk is full. */
  private FileSystem fillable() {
    return (FileSystem)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {FileSystem.class},
            (_, method, arguments) -> {
              boolean writes =
                  method.getName().equals("append") || method.getName().equals("replace");
              if (full && writes) {
                if (method.getName().equals("append")) {
                  byte[] all = (byte[]) arguments[1];
                  files.append((Integer) arguments[0], Arrays.copyOf(all, all.length / 2));
                }
                throw new FileFault("write", path().toString(), new Errno(Errno.ENOSPC));
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException fault) {
                throw fault.getCause();
              }
            });
  }

  @Test
  void afterAFullDiskTheFileIsWholeAgain() throws IOException {
    var file = file(fillable());
    file.put(memory(1, new Phase.Down()));
    file.flush();
    full = true;
    for (int i = 2; i < 6; i++) {
      file.put(memory(i, new Phase.Down()));
      file.flush();
      file.flush();
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).contains("no space left");
    var meanwhile = read();
    assertThat(meanwhile.complete()).isFalse();
    assertThat(meanwhile.processes()).containsExactly(memory(1, new Phase.Down()));
    full = false;
    file.put(memory(6, new Phase.Down()));
    file.flush();
    assertThat(read().complete()).isTrue();
    assertThat(read().processes()).hasSize(6);
  }
}
