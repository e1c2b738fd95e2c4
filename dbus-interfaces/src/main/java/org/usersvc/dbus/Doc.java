package org.usersvc.dbus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes an interface, method, property or signal; becomes a comment of the installed XML. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Doc {
  String value();

  /** The errors of {@link Errors} that a method may answer with, besides those of D-Bus itself. */
  String[] errors() default {};
}
