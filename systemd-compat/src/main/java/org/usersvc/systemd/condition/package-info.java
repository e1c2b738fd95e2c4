/**
 * What has to hold at the start of a unit: {@code Condition…=} and {@code Assert…=}. The facts come
 * from outside, the judgement is pure.
 */
@NullMarked
package org.usersvc.systemd.condition;

import org.jspecify.annotations.NullMarked;
