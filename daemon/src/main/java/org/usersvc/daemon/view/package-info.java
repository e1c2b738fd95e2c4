/// The view of a service for all doors: one text for each fact, and one rule for each word. Doors
/// choose facts and layout, and never look at a phase. Only `supervise/status` stays with
/// `control`, as its form is runit's.
@NullMarked
package org.usersvc.daemon.view;

import org.jspecify.annotations.NullMarked;
