/// Services as all doors show and command them, whatever they are: service directories are one
/// family, and modules may add others. There is one text for each fact and one rule for each word:
/// doors choose facts and layout, and never look at a phase. `Services` has the services of all
/// families. Only `supervise/status` stays with `control`, as its form is runit's.
@NullMarked
package org.usersvc.daemon.view;

import org.jspecify.annotations.NullMarked;
