/* What a shell may offer for the word that is being typed. */
#pragma once

/*
 * Prints candidates, one a line, a tab and what it means behind; ":files", ":directories" and
 * ":commands" ask the shell for its own. words are those after usersvc, up to the cursor; share is
 * the directory of what is shipped.
 */
int complete(int count, char **words, const char *share);
