/// The requests to services, through whichever door. A request is a verb, which stands for letters
/// and a goal, and becomes a job. A job is over when its goal is reached, or cannot be reached any
/// more. It needs no client; a client that waits is answered when the job or the waiting time is
/// over. Services know nothing of jobs, which watch them; `view/Commanded` is all that a job knows.
@NullMarked
package org.usersvc.daemon.job;

import org.jspecify.annotations.NullMarked;
