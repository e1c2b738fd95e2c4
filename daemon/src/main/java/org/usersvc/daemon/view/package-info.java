/// What any door shows of a service: one text for each thing, and one rule for each word. Doors
/// choose what they show and how they lay it out; they look at no phase. `supervise/status` alone
/// stays with `control`: its form is runit's.
@NullMarked
package org.usersvc.daemon.view;

import org.jspecify.annotations.NullMarked;
