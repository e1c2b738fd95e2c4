package org.usersvc.daemon.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.view.LookUp.Found;
import org.usersvc.daemon.view.LookUp.NoSuchService;
import org.usersvc.daemon.view.LookUp.NotSupervised;

/** Which of the families' services doors see. */
final class ServicesTest {
  private final FakeFamily first = new FakeFamily(Runnable::run);
  private final FakeFamily second = new FakeFamily(Runnable::run);
  private final Services services = new Services(first);
  private final List<String> heard = new ArrayList<>();

  private final Watcher<Commanded> watcher =
      new Watcher<>() {
        @Override
        public void changed(Commanded service) {
          note("changed", service);
        }

        @Override
        public void moved(Commanded service, String before) {
          note("moved from " + before, service);
        }

        @Override
        public void gone(Commanded service) {
          note("gone", service);
        }
      };

  private void note(String what, Commanded service) {
    String family = first.all().contains(service) ? "first" : "second";
    heard.add(what + " " + service.view().name() + " of " + family);
  }

  @Test
  void theServicesOfAllFamiliesAreThereByFamilyAndName() {
    var b = first.put("b");
    var a = first.put("a");
    services.add(second);
    var c = second.put("aa");
    assertThat(services.all()).containsExactly(a, b, c);
    assertThat(services.find("aa")).isSameAs(c);
    assertThat(services.known("b")).isSameAs(b);
    assertThat(services.find("nope")).isNull();
    assertThat(services.known("nope")).isNull();
  }

  @Test
  void aServiceHidesItsNamesakesInLaterFamilies() {
    services.add(second);
    second.put("a");
    var a = first.put("a");
    assertThat(services.all()).containsExactly(a);
    assertThat(services.lookUp("a")).isEqualTo(new Found(a));
    assertThat(services.known("a")).isSameAs(a);
  }

  @Test
  void theBestReasonIsGivenWhyThereIsNone() {
    assertThat(services.lookUp("nope")).isEqualTo(new NoSuchService("no fake is called so"));
    services.add(second);
    assertThat(services.lookUp("nope")).isEqualTo(new NoSuchService("no fake is called so"));
    assertThat(services.lookUp("masked")).isEqualTo(new NotSupervised("it is masked"));
    var found = second.put("masked");
    assertThat(services.lookUp("masked")).isEqualTo(new Found(found));
  }

  @Test
  void theServicesOfANewFamilyAreNew() {
    second.put("a");
    services.watch(watcher);
    services.add(second);
    assertThat(heard).containsExactly("changed a of second");
  }

  @Test
  void changesOfAllFamiliesAreHeardUntilTheyAreIgnored() {
    services.add(second);
    services.watch(watcher);
    first.put("a").command("u");
    second.put("b");
    services.ignore(watcher);
    second.put("c");
    assertThat(heard)
        .containsExactly(
            "changed a of first",
            "changed a of first",
            "moved from down a of first",
            "changed b of second");
  }

  @Test
  void aHiddenServiceIsGoneUntilTheOtherHasGone() {
    services.add(second);
    services.watch(watcher);
    var hidden = second.put("a");
    var other = first.put("a");
    hidden.command("u");
    assertThat(heard)
        .containsExactly("changed a of second", "gone a of second", "changed a of first");
    heard.clear();
    first.remove(other);
    assertThat(heard).containsExactly("gone a of second", "changed a of second");
    assertThat(services.all()).containsExactly(hidden);
  }
}
