#include <stdio.h>
#include <unistd.h>
#include <getopt.h>
static void parse(int argc, char **argv) { optind = 1; int c; static struct option lo[] = {{"verbose", no_argument, 0, 'v'}, {"name", required_argument, 0, 'n'}, {"level", optional_argument, 0, 'l'}, {0}}; while ((c = getopt_long(argc, argv, "vn:l::", lo, NULL)) != -1) printf("%c(%s) ", c, optarg ? optarg : "-"); printf("| "); for (; optind < argc; optind++) printf("%s ", argv[optind]); puts(""); }
#define P(...) do { char *v[] = {"prog", __VA_ARGS__, NULL}; parse(sizeof v / sizeof *v - 1, v); } while (0)
int main(void) { setbuf(stdout, NULL); P("-v", "a", "-n", "x", "b"); P("-vnfoo", "--name=bar", "--name", "baz"); P("--verb", "--", "-v"); P("-z"); P("--nope"); P("-n"); P("--level=3", "-l4", "-l"); P("--verbose=3"); return 0; }
