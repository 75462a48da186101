/* SPDX-License-Identifier: MIT */
/*
 * peak FILE COMMAND...: runs a command and writes the most memory that it ever had resident, in KB,
 * to FILE. Ends as the command does. (The figure begins with what this program has when it forks,
 * which is less than any program that opens a connection.)
 *
 * Where the kernel lets us, the command's addresses are not random, and the word behind the figure
 * is "fixed": then runs of one program have the same figure. Else it is "random", and they differ
 * by the pages that stack, heap and libraries happen to begin in.
 */
#define _DEFAULT_SOURCE

#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct rusage usage;
    FILE *file;
    int status, is_fixed;
    pid_t child;

    if (argc < 3) {
        fputs("usage: peak FILE COMMAND...\n", stderr);
        return 2;
    }
    is_fixed = personality(ADDR_NO_RANDOMIZE) != -1;
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
        perror("peak");
        return 2;
    }
    file = fopen(argv[1], "w");
    if (file == NULL ||
        fprintf(file, "%ld %s\n", usage.ru_maxrss, is_fixed ? "fixed" : "random") < 0 ||
        fclose(file) != 0) {
        perror(argv[1]);
        return 2;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
