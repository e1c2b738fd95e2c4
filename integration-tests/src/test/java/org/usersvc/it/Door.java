package org.usersvc.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client with sv's verbs, waiting up to 30 s: a busy machine is none of its business. */
enum Door {
  SV,
  USERSVC;

  /** Asks with a wait of so many seconds. */
  Ran ask(Tree tree, int seconds, String... words) throws IOException {
    var all = new ArrayList<String>();
    switch (this) {
      case SV -> all.add(Programs.system("sv"));
      case USERSVC -> all.add(Programs.image("usersvc"));
    }
    all.addAll(List.of("-w", Integer.toString(seconds)));
    all.addAll(List.of(words));
    return tree.run(all.toArray(String[]::new));
  }

  Ran ask(Tree tree, String... words) throws IOException {
    return ask(tree, 30, words);
  }
}
