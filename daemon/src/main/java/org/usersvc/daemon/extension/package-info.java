/**
 * The interfaces for modules that extend the daemon. Such a module imports this package and the
 * types in its signatures, and no other part. {@code bus} implements {@link
 * org.usersvc.daemon.extension.Host}, and {@code mechanism} the {@link
 * org.usersvc.daemon.extension.Mechanisms} by which a module runs programs as the daemon runs its
 * services. The tests of the daemon have {@code FakeMechanisms}, for tests of modules.
 */
@NullMarked
package org.usersvc.daemon.extension;

import org.jspecify.annotations.NullMarked;
