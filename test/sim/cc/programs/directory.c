#include <stdio.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>
static int cmp(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }
int main(void) {
  mkdir("d", 0777); close(creat("d/b", 0644)); close(creat("d/a", 0644)); mkdir("d/sub", 0755); DIR *d = opendir("d"); struct dirent *e; char *n[10]; int c = 0; while ((e = readdir(d))) n[c++] = strdup(e->d_name); closedir(d); qsort(n, c, sizeof *n, cmp); for (int i = 0; i < c; i++) printf("%s ", n[i]); puts("");
  d = opendir("nope"); printf("%d\n", d == NULL); perror("opendir"); char cwd[256]; chdir("d/sub"); getcwd(cwd, sizeof cwd); printf("%s\n", strrchr(cwd, '/')); printf("%d\n", getcwd(cwd, 2) == NULL); struct dirent **list; int k = scandir("..", &list, NULL, alphasort); printf("%d %s\n", k, list[k - 1]->d_name); return 0;
}
