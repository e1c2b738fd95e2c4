/// What is asked of services, whichever door it came by: a verb, the letters and the goal that it
/// stands for, and the job that it becomes. A job is over when its goal is reached, or when nothing
/// brings the process there any more. It lives without a client; a client that waits is answered
/// when its job is over or its patience is. `supervise` knows nothing of jobs: they watch it.
@NullMarked
package org.usersvc.daemon.job;

import org.jspecify.annotations.NullMarked;
